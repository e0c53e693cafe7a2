"""The front door's own tables of choices: dated rows with their sources (data/README.md)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from django.utils import timezone

from kith.record.chronology.policies import WrongCode
from kith.record.people.local import local_list, settings_there_are
from kith.standards.tables import day, holds_on, rows

LONGEST_LEVEL = 8  # letters of the code of a level, as a decision keeps it
_FOLDER = Path(__file__).parent / "data"

DECISIONS, THRESHOLDS = "decisions", "thresholds"
SECTION_17_HELP = "section_17_help"
TOLD_TO_FAMILY = "told_to_family"
CONSENT_POSITIONS, LAWFUL_BASES, TELLERS = "consent_positions", "lawful_bases", "tellers"


@dataclass(frozen=True)
class Choice:
    """One row of a table. `more` holds the columns that only its own table has."""

    code: str
    words: str
    valid_from: date | None
    valid_to: date | None
    source: str
    is_verified: bool
    more: Mapping[str, str]


@cache
def _choices(table: str) -> tuple[Choice, ...]:
    return tuple(
        Choice(
            row.get("code") or row["kind"],
            row["words"],
            day(row["valid_from"]),
            day(row["valid_to"]),
            row["source"],
            row["verified"] != "knowledge",
            row,
        )
        for row in rows(_FOLDER / f"{table}.csv")
    )


def choices(table: str, on: date) -> list[Choice]:
    """The choices that a table offers on a day, in its order; the levels of need are the authority's own."""
    if table == THRESHOLDS:
        return _levels(on)
    return [one for one in _choices(table) if holds_on(on, one.valid_from, one.valid_to)]


def _levels(on: date) -> list[Choice]:
    """The levels of need of the local threshold document, as set for a day: "4: in need of protection"."""
    setting = settings_there_are()["threshold_levels"]
    pairs = [item.partition(":") for item in local_list(setting.name, on)]
    return [
        Choice(
            code.strip()[:LONGEST_LEVEL],
            f"Level {code.strip()}: {words.strip()}" if words.strip() else f"Level {code.strip()}",
            None,
            None,
            setting.source,
            setting.verified != "knowledge",
            {},
        )
        for code, _, words in pairs
    ]


def choice(table: str, code: str, on: date) -> Choice | None:
    """The row of a code on a day, or None."""
    return next((one for one in choices(table, on) if one.code == code), None)


def words_of(table: str, code: str, on: date | None = None) -> str:
    """A code in words as on a day, or as last told; "not said" for a blank one."""
    if not code:
        return "not said"
    if table == THRESHOLDS:
        level = choice(table, code, on or timezone.localdate())
        return level.words if level else code
    found = [one for one in _choices(table) if one.code == code]
    held = [one for one in found if on and holds_on(on, one.valid_from, one.valid_to)]
    return (held or found)[-1].words if found else code


def check_choice(table: str, code: str, on: date, what: str) -> Choice:
    """The row of a code that may be chosen on a day. Raises WrongCode; `what` is its name for people."""
    found = choice(table, code, on)
    if found is None:
        said = f"“{code}” is not {what}." if code else f"No choice was made for {what}."
        raise WrongCode(said, "Choose one from the list.")
    return found


def teller_of(source: str, on: date) -> Choice | None:
    """The first choice of who told us, to which a code of `referral_source` belongs."""
    return next((one for one in choices(TELLERS, on) if source in one.more["sources"].split()), None)


def told_of(source: str, decision: str, on: date) -> str:
    """What whoever told us hears of a decision; "" for the public, who hear only that it was looked at."""
    teller, decided = teller_of(source, on) if source else None, choice(DECISIONS, decision, on)
    is_professional = teller is not None and teller.more["is_professional"] == "yes"
    return decided.more["told_to_professional"] if is_professional and decided is not None else ""


def told_to_family(code: str, on: date) -> str:
    """What a letter tells a family of a decision taken on a day; "" for one that is told in person alone."""
    found = choice(TOLD_TO_FAMILY, code, on)
    return found.words if found else ""
