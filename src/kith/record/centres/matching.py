"""What the directory has for a need: services found by its words, those near the family first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kith.record.centres import open_referral, queries
from kith.record.centres.models import DirectoryService
from kith.record.centres.open_referral import WORD, Told
from kith.standards.tables import rows

IS_OPEN = {"", "active"}  # of the standard's states, those in which a service can be asked
MOST = 30
SAME_BEGINNING = 4  # letters of a word that is looked for by hand: "furnit" finds furniture


@dataclass(frozen=True)
class Found:
    """A service that may help, and whether it is near."""

    service: DirectoryService
    told: Told
    is_near: bool


@cache
def need_words() -> Mapping[str, frozenset[str]]:
    """The words by which services for each kind of need are found (code list `help_needs`)."""
    table = rows(Path(__file__).parent / "data" / "need_words.csv")
    return {row["need"]: frozenset(row["words"].split()) for row in table}


def services_for(kind: str = "", *, where: str = "", said: str = "") -> list[Found]:
    """The open services for a kind of need, or by words somebody looks for: near ones first, then by name.

    `where` is a district or the first half of a postcode. Without a kind and without words, all of them.
    At most `MOST`.
    """
    wanted, typed = need_words().get(kind, frozenset()), WORD.findall(said.casefold())
    found = [
        Found(one, told, _is_near(told, where))
        for one in queries.directory()
        if one.status.casefold() in IS_OPEN
        and _is_meant(told := open_referral.told(one.as_given), wanted, typed)
    ]
    return sorted(found, key=lambda each: not each.is_near)[:MOST]


def _is_meant(told: Told, wanted: frozenset[str], typed: Sequence[str]) -> bool:
    """Whether a service has every word that somebody typed; or else one of those for the kind of need."""
    words = told.words
    if typed:
        return all(any(_begins(word, one) for word in words) for one in typed)
    return not wanted or bool(wanted & words)


def _begins(word: str, typed: str) -> bool:
    return word.startswith(typed) if len(typed) >= SAME_BEGINNING else word == typed


def _is_near(told: Told, where: str) -> bool:
    asked = " ".join(where.casefold().split())
    if not asked:
        return False
    first_half = asked.split()[0]
    of_postcodes = {code.casefold().split()[0] for code in told.postcodes if code.split()}
    named = [area.casefold() for area in (*told.areas, *told.where)]
    return first_half in of_postcodes or any(asked in area or area in asked for area in named)
