"""How long what people type may be: generous, the same from a page, the command line and a file."""

from collections.abc import Iterator
from typing import Any

from django.db import models

from kith.record.refusals import NotPossible

LONGEST_TEXT = 200_000  # letters in one box, some eighty pages; a draft's box holds as many bytes
LONGEST_REASON = 300


class TooLong(NotPossible):
    """More was typed into one box than is kept; nothing was saved, and nothing was cut off."""


def check_length(text: str, what: str, longest: int = LONGEST_TEXT) -> None:
    """Raise TooLong where a text is longer than what is kept of it."""
    if len(text) > longest:
        raise TooLong(
            f"{what} is {len(text):,} letters long, and at most {longest:,} are kept.",
            "Shorten it, or put the rest in a document or a second entry.",
        )


def check_lengths(row: models.Model) -> None:
    """Raise TooLong where a row says more in one box than is kept; what it said before already may stay."""
    for field in row._meta.concrete_fields:
        if not isinstance(field, models.CharField | models.TextField | models.JSONField):
            continue
        longest = getattr(field, "max_length", None) or LONGEST_TEXT
        for text in _texts(getattr(row, field.attname)):
            if len(text) > longest and not _said_before(row, field.attname):
                what = str(field.verbose_name)
                check_length(text, f"{what[:1].upper()}{what[1:]}", longest)


def _said_before(row: models.Model, field: str) -> bool:
    before = getattr(row, "supersedes", None)
    return before is not None and getattr(before, field) == getattr(row, field)


def _texts(said: Any) -> Iterator[str]:
    if isinstance(said, str):
        yield said
    elif isinstance(said, dict):
        for each in said.values():
            yield from _texts(each)
    elif isinstance(said, list):
        for each in said:
            yield from _texts(each)
