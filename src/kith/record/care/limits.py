"""What law and the returns' guide allow in care, as dated rows: ages, and codes that exclude each other."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

SHORT_BREAKS = frozenset({"V3", "V4"})  # code list `legal_status`
STARTS_CARE = "starts_care"  # not a code list: the age at which care may start


@dataclass(frozen=True)
class AgeLimit:
    """From what age, and before what age, a code may stand; None: no limit on that side."""

    least_age: int | None
    below_age: int | None
    valid_from: date | None
    valid_to: date | None
    source: str

    def holds_on(self, on: date) -> bool:
        return _holds(self.valid_from, self.valid_to, on)

    def allows(self, age: int) -> bool:
        return (self.least_age or 0) <= age and (self.below_age is None or age < self.below_age)


@dataclass(frozen=True)
class Pair:
    """Two codes that may not stand together, and why."""

    first: tuple[str, str]
    second: tuple[str, str]
    why: str
    valid_from: date | None
    valid_to: date | None

    def holds_on(self, on: date) -> bool:
        return _holds(self.valid_from, self.valid_to, on)


def _holds(valid_from: date | None, valid_to: date | None, on: date) -> bool:
    return (valid_from or date.min) <= on <= (valid_to or date.max)


@cache
def age_limits() -> dict[tuple[str, str], tuple[AgeLimit, ...]]:
    """Every age limit by code list and code."""
    limits: dict[tuple[str, str], tuple[AgeLimit, ...]] = {}
    for row in _rows("age_limits.csv"):
        key = (row["code_list"], row["code"])
        limit = AgeLimit(
            _number(row["least_age"]),
            _number(row["below_age"]),
            _day(row["valid_from"]),
            _day(row["valid_to"]),
            row["source"],
        )
        limits[key] = (*limits.get(key, ()), limit)
    return limits


def age_limit(code_list: str, code: str, on: date) -> AgeLimit | None:
    """The age limit of a code on a day, or None."""
    return next((limit for limit in age_limits().get((code_list, code), ()) if limit.holds_on(on)), None)


@cache
def pairs_not_allowed() -> tuple[Pair, ...]:
    """Every pair of codes that exclude each other."""
    return tuple(
        Pair(
            (row["first_list"], row["first_code"]),
            (row["second_list"], row["second_code"]),
            row["why"],
            _day(row["valid_from"]),
            _day(row["valid_to"]),
        )
        for row in _rows("pairs_not_allowed.csv")
    )


def _rows(name: str) -> Iterator[dict[str, str]]:
    text = files("kith.record.care").joinpath("data", name).read_text(encoding="utf-8")
    yield from csv.DictReader(text.splitlines())


def _number(text: str) -> int | None:
    return int(text) if text else None


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
