"""How Kith writes dates, ages and clocks on every page."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django import template
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from kith.standards import dates
from kith.standards.clocks import Status

register = template.Library()


@register.filter
def long_date(day: date | None) -> str:
    """A day as "Tue 3 Mar 2026"; "not known" for none."""
    return dates.long_date(_local_day(day)) if day else "not known"


@register.filter
def born_words(shown: Any) -> str:
    """When somebody was born, as far as it is known: "Tue 3 Mar 2015", "Mar 2015", "2015"."""
    born, precision = shown.date_of_birth, shown.date_of_birth_precision
    if precision == "month":
        return f"{born:%b %Y}"
    return str(born.year) if precision == "year" else long_date(born)


@register.filter
def expected_words(expected: date) -> str:
    """Of a child with no date of birth: "not yet born, expected ..."; past that day, what is known."""
    if expected < timezone.localdate():
        return f"expected on {long_date(expected)}; no birth is on record"
    return f"not yet born, expected {long_date(expected)}"


@register.filter
def named_in(person_id: int | None, names: Any) -> str:
    """The name of a person in `names` ({person id: name}); "" where it is not there."""
    return str(names.get(person_id, "")) if names else ""


@register.filter
def found_words(line: Any) -> str:
    """How a search found somebody: “Ameera Khan”, sounds like; where the name shown is it, the how alone."""
    is_new = line.matched and line.matched != line.person.name
    return f"“{line.matched}”, {line.why}" if is_new else line.why


@register.filter
def mid_sentence(words: str) -> str:
    """Words as they go on in a sentence: the first letter small, and the capitals of "LADO" kept."""
    return words if words[1:2].isupper() else words[:1].lower() + words[1:]


@register.filter
def from_today(day: date) -> str:
    """How far a day is from today: "today", "tomorrow", "in 2 days", "3 days ago"."""
    days = (_local_day(day) - timezone.localdate()).days
    near = {0: "today", 1: "tomorrow", -1: "yesterday"}
    if days in near:
        return near[days]
    return f"in {days} days" if days > 0 else f"{-days} days ago"


@register.filter
def age(born: date | None) -> str:
    """Age today in words: "7 years", "5 months", "12 days"; "not yet born"; "age not known"."""
    if not born:
        return "age not known"
    today = timezone.localdate()
    if born > today:
        return "not yet born"
    months = (today.year - born.year) * 12 + today.month - born.month - (today.day < born.day)
    if months >= 24:
        return f"{months // 12} years"
    return _count(months, "month") if months else _count((today - born).days, "day")


@register.simple_tag
def timescale_state(due: date, held: date | None = None) -> dict[str, Any]:
    """A clock as words: `state` (due, late, met, met late), `kind` (its colour), `beside` (how far)."""
    today = timezone.localdate()
    if held:
        days = (held - due).days
        if days > 0:
            return {"state": "Met late", "kind": "late", "beside": f"{_count(days, 'day')} after it was due"}
        return {"state": "Met", "kind": "met", "beside": f"on {long_date(held)}"}
    if due < today:
        return {"state": "Late", "kind": "late", "beside": f"by {_count((today - due).days, 'day')}"}
    return {"state": "Due", "kind": "due", "beside": from_today(due)}


@register.simple_tag
def state_of(line: Any, words: str = "") -> dict[str, str]:
    """A line that is due, late or met as its tag's `word` and `kind`, and the words `beside` it.

    `words` are said instead of the line's own. What the tag says is not said again: "Due", "Tue 3 Mar 2026".
    """
    said = words or line.words
    if line.is_late:
        return {"word": "Late", "kind": "late", "beside": said}
    if getattr(line, "is_at_once", False):
        return {"word": "Now", "kind": "late", "beside": said.removeprefix("Now: ")}
    if getattr(line, "is_open", True):
        return {"word": "Due", "kind": "due", "beside": said.removeprefix("Due ")}
    if getattr(line, "status", None) == Status.MET_LATE:
        return {"word": "Met late", "kind": "late", "beside": said}
    return {"word": "Met", "kind": "met", "beside": said}


@register.filter
def that_run(clocks: Iterable[Any] | None) -> list[Any]:
    """The clocks that run; where none does, the last that was met, so that a page says what came of it."""
    lines = list(clocks or ())
    return [line for line in lines if line.is_open] or lines[-1:]


@register.simple_tag
def has_page(name: str) -> bool:
    """Whether there is a page of this name about a child."""
    try:
        return bool(reverse(name, args=[1]))
    except NoReverseMatch:
        return False


@register.simple_tag(takes_context=True)
def page_url(context: dict[str, Any], number: int) -> str:
    """The address of page `number` of this list, with its other questions kept."""
    query = context["request"].GET.copy()
    query["page"] = str(number)
    return f"?{query.urlencode()}"


def _local_day(day: date) -> date:
    return timezone.localtime(day).date() if isinstance(day, datetime) else day


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
