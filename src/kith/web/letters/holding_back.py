"""Holding words back from a paper: places that are kept hidden, and what whoever prints it names."""

import re
from collections.abc import Iterable
from html import escape

from django.utils import timezone

from kith.record.care.queries import placements_on
from kith.record.people.family import ties_of
from kith.record.people.models import Address, Person
from kith.record.people.queries import merged_under, same_person_ids
from kith.record.refusals import NotPossible
from kith.record.versions import current_facts

PLACE_HELD_BACK, HELD_BACK = "(address held back)", "(held back)"
SHORTEST = 4  # letters: "4" or "Flat" alone would take out words that are no address
POSTCODE = re.compile(r"[A-Za-z]{1,2}\d\w? ?\d[A-Za-z]{2}")


class NotInIt(NotPossible):
    """Words to hold back that stand nowhere in the paper: a slip, by which they would go out."""


def hidden_places(person: Person) -> set[str]:
    """Each line and postcode, now or before, of a child and their relatives that is kept hidden.

    Of somebody with a hidden address it is also the postcode where they are placed today.
    """
    ids = [*same_person_ids(person), *(tie.person_id for tie in ties_of(person))]
    under = [pk for records in merged_under(ids).values() for pk in records]
    homes = [home for home in current_facts(Address, under) if home.is_confidential]
    placed = placements_on({home.person_id for home in homes}, timezone.localdate()).values()
    told = [part for home in homes for part in (*re.split(r"[,\n]+", home.lines), home.postcode)]
    said = {" ".join(part.split()) for part in (*told, *(each.postcode for each in placed))}
    return {part for part in said if len(part) >= SHORTEST}


def without_places(html: str, places: Iterable[str]) -> str:
    """A page with each of these places held back, in whatever letters and spaces it is written."""
    return _without(html, places, PLACE_HELD_BACK)


def lines_of(typed: str) -> list[str]:
    """What was typed to be held back, each line once."""
    return list(dict.fromkeys(filter(None, (" ".join(line.split()) for line in typed.splitlines()))))


def without_words(html: str, words: Iterable[str]) -> str:
    """A page with each of these held back. Raises NotInIt for words that stand nowhere in it."""
    listed = [*words]
    for one in listed:
        if not re.search(_bounded(one), _seen(html), flags=re.IGNORECASE):
            raise NotInIt(
                f"“{one}” stands nowhere in this paper, so it cannot be held back.",
                "Copy it from the paper as it is written there, one piece a line.",
            )
    return _without(html, listed, HELD_BACK)


def _seen(html: str) -> str:
    """The text of a page between its tags, where words are looked for."""
    return re.sub(r"<[^>]*>", "\n", html)


def _without(html: str, words: Iterable[str], instead: str) -> str:
    """A page with words replaced in its text alone: no tag and no address of a style is touched."""
    listed = "|".join(_bounded(one) for one in sorted(words, key=len, reverse=True))
    if not listed:
        return html
    pieces = re.split(r"(<[^>]*>)", html)
    return "".join(
        piece if piece.startswith("<") else re.sub(listed, instead, piece, flags=re.IGNORECASE)
        for piece in pieces
    )


def _bounded(words: str) -> str:
    return rf"(?<!\w)(?:{_as_written(words)})(?!\w)"


def _as_written(words: str) -> str:
    """Words as a pattern, with any space between them; a postcode is found with its space and without."""
    if POSTCODE.fullmatch(words):
        squeezed = words.replace(" ", "")
        return rf"{squeezed[:-3]}\s*{squeezed[-3:]}"
    return r"\s+".join(re.escape(escape(word)) for word in words.split())
