"""What law and the returns' guide allow a code: ages (`data/age_limits.csv`), and codes that exclude each
other (`data/pairs_not_allowed.csv`)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from kith.standards import tables
from kith.standards.dates import age_on
from kith.standards.verified import Verified

STARTS_CARE = "starts_care"  # stands where a code list would: the age at which care may start
CHILD = "child"  # likewise: the age before which somebody is a child
_DATA = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class AgeLimit:
    """From what age, and before what age, a code may stand; None: no limit on that side."""

    least_age: int | None
    below_age: int | None
    valid_from: date | None
    valid_to: date | None
    source: str
    verified: Verified

    def holds_on(self, on: date) -> bool:
        """Whether the limit is in force on the day `on`."""
        return tables.holds_on(on, self.valid_from, self.valid_to)

    def allows(self, age: int) -> bool:
        """Whether somebody of this age, in whole years, is within the limit."""
        return (self.least_age or 0) <= age and (self.below_age is None or age < self.below_age)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two codes, each with its list, that may not stand together, and why."""

    first: tuple[str, str]
    second: tuple[str, str]
    why: str
    valid_from: date | None
    valid_to: date | None
    source: str
    verified: Verified

    def holds_on(self, on: date) -> bool:
        """Whether they exclude each other on the day `on`."""
        return tables.holds_on(on, self.valid_from, self.valid_to)


@cache
def age_limits() -> Mapping[tuple[str, str], tuple[AgeLimit, ...]]:
    """Every age limit by code list and code."""
    limits: dict[tuple[str, str], tuple[AgeLimit, ...]] = {}
    for row in tables.rows(_DATA / "age_limits.csv"):
        key = (row["code_list"], row["code"])
        limits[key] = (*limits.get(key, ()), _age_limit(row))
    return limits


def age_limit(code_list: str, code: str, on: date) -> AgeLimit | None:
    """The age limit of a code on a day, or None."""
    return next((limit for limit in age_limits().get((code_list, code), ()) if limit.holds_on(on)), None)


def is_child(born: date, on: date) -> bool:
    """Whether somebody born on `born` is a child in law on the day `on`, or not yet born then."""
    limit = age_limit(CHILD, "", on)
    return limit is None or limit.allows(age_on(born, on) or 0)


@cache
def pairs_not_allowed() -> tuple[Pair, ...]:
    """Every pair of codes that exclude each other."""
    return tuple(_pair(row) for row in tables.rows(_DATA / "pairs_not_allowed.csv"))


def _age_limit(row: dict[str, str]) -> AgeLimit:
    return AgeLimit(
        least_age=tables.number(row["least_age"]),
        below_age=tables.number(row["below_age"]),
        valid_from=tables.day(row["valid_from"]),
        valid_to=tables.day(row["valid_to"]),
        source=row["source"],
        verified=Verified(row["verified"]),
    )


def _pair(row: dict[str, str]) -> Pair:
    return Pair(
        first=(row["first_list"], row["first_code"]),
        second=(row["second_list"], row["second_code"]),
        why=row["why"],
        valid_from=tables.day(row["valid_from"]),
        valid_to=tables.day(row["valid_to"]),
        source=row["source"],
        verified=Verified(row["verified"]),
    )
