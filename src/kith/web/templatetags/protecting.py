"""Words for the pages of protection."""

from typing import Any

from django import template

from kith.record.chronology.words import words_for
from kith.record.protection.policies import is_whole as told_whole
from kith.record.visits.reading import Reading

register = template.Library()


@register.filter
def agency(code: str) -> str:
    """What an agency is called; "family" for none."""
    return words_for("agency_types", code) or "family"


@register.filter
def harm(code: str) -> str:
    """A kind of harm in plain words."""
    return words_for("category_of_abuse", code)


@register.filter
def participation(code: str) -> str:
    """How a child took part in a meeting, in plain words."""
    return words_for("review_participation", code)


@register.filter
def is_whole(discussion: Any) -> bool:
    """Whether the police and health took part in a strategy discussion."""
    return told_whole(one["agency"] for one in discussion.took_part)


@register.filter
def reads(reading: Reading, text: str) -> str:
    """Words that several children share, as this reader may read them; "" where they are hidden."""
    return reading.words(text)


@register.filter
def of(held: dict[Any, Any], key: Any) -> Any:
    """What a dictionary holds under a key, or None."""
    return held.get(key)


@register.filter
def at_work(one: Any) -> str:
    """What somebody who is asked does, and in which agency, a sentence each; the same words once."""
    said = [one.job, words_for("agency_types", one.agency) if one.agency else ""]
    each = {words.casefold(): words for words in reversed(said) if words}
    return " ".join(f"{words}." for words in reversed(each.values()))
