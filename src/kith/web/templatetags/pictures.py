"""Filters for drawings: numbers as SVG writes them, and initials."""

from django import template

register = template.Library()


@register.filter
def unlocal(number: float) -> str:
    """A number as SVG needs it, whatever the page's language: 12.5, never 12,5."""
    return f"{number:g}"


@register.filter
def plus(number: float, more: float) -> str:
    """The sum, as SVG needs it."""
    return f"{number + float(more):g}"


@register.filter
def initials(name: str) -> str:
    """The first letters of a name's first and last words; "?" for none."""
    words = [word for word in name.split() if word[:1].isalnum()]
    return "".join(word[0].upper() for word in (words[:1] + words[1:][-1:])) or "?"
