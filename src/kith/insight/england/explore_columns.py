"""Which column of a published file gives which figure: a table that comes with Kith, and an analyst's own."""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kith.dataset.readers.files import CannotRead
from kith.insight.england.series import DATA, every_series
from kith.standards import tables
from kith.standards.verified import Verified

_NEEDED = ("column", "published_id")
_MOST_YEARS_LATER = 5
_HOW = (
    "A mapping is a CSV file in UTF-8 with the headings column, where, published_id, file_name_has and "
    "years_later; only column and published_id have to be filled in."
)


@dataclass(frozen=True, slots=True)
class Condition:
    """A column, and the values that it may have, in small letters with single blanks."""

    column: str
    values: frozenset[str]


@dataclass(frozen=True, slots=True)
class Rule:
    """`column`, in the rows where every condition holds, is the figure `published_id`.

    For files whose name has `file_name_has` in it (any where blank). `years_later` is added to the year of
    the row. `verified` says whether the file was seen.
    """

    column: str
    conditions: tuple[Condition, ...]
    published_id: str
    file_name_has: str
    years_later: int
    source: str
    verified: Verified

    @property
    def columns(self) -> frozenset[str]:
        """Every column that a file needs to have for this rule."""
        return frozenset({self.column, *(condition.column for condition in self.conditions)})

    def is_for(self, name: str, columns: frozenset[str]) -> bool:
        """Whether a file of that name and with those columns is one that the rule is for."""
        return self.columns <= columns and self.file_name_has in name.lower()


def rules_for(name: str, columns: Sequence[str], own: Path | None = None) -> tuple[Rule, ...]:
    """The rules for a file, of those in `own` and those that come with Kith.

    A figure that `own` maps from this file is mapped by `own` alone. Raises CannotRead where `own` cannot
    be read.
    """
    here = frozenset(columns)
    first = tuple(rule for rule in (_read(own) if own else ()) if rule.is_for(name, here))
    taken = {rule.published_id for rule in first}
    others = (rule for rule in known_rules() if rule.is_for(name, here))
    return (*first, *(rule for rule in others if rule.published_id not in taken))


@cache
def known_rules() -> tuple[Rule, ...]:
    """The rules that come with Kith."""
    return tuple(_rule(row) for row in tables.rows(DATA / "explore_columns.csv"))


def as_compared(text: str) -> str:
    """A filter's value as values are compared: small letters, single blanks."""
    return " ".join(text.split()).lower()


def _read(own: Path) -> tuple[Rule, ...]:
    try:
        rows = tables.rows(own)
    except (OSError, UnicodeDecodeError, csv.Error) as fault:
        raise CannotRead(f"The mapping {own.name} could not be read. {_HOW}") from fault
    if not rows or not all(needed in rows[0] for needed in _NEEDED):
        raise CannotRead(f"The mapping {own.name} has no rows, or lacks a heading. {_HOW}")
    return tuple(_own_rule(own, line, row) for line, row in enumerate(rows, 2))


def _own_rule(own: Path, line: int, row: Mapping[str, str]) -> Rule:
    try:
        rule = _rule({"source": f"{own.name}, line {line}", **row, "verified": Verified.DATA_SEEN})
    except (ValueError, AttributeError, TypeError) as fault:
        raise CannotRead(f"Line {line} of the mapping {own.name} cannot be read: {fault}. {_HOW}") from fault
    if rule.published_id not in every_series():
        raise CannotRead(
            f"Line {line} of the mapping {own.name} names “{rule.published_id[:60]}”, which is not the id of "
            "a published figure. The ids are in insight/england/data/series.csv."
        )
    return rule


def _rule(row: Mapping[str, str]) -> Rule:
    column = row["column"].strip().lower()
    if not column:
        raise ValueError("the column is blank")
    later = int(row.get("years_later") or 0)
    if abs(later) > _MOST_YEARS_LATER:
        raise ValueError(f"{later} is too many years later")
    return Rule(
        column,
        _conditions(row.get("where") or ""),
        row["published_id"].strip(),
        (row.get("file_name_has") or "").strip().lower(),
        later,
        row["source"],
        Verified(row["verified"]),
    )


def _conditions(where: str) -> tuple[Condition, ...]:
    return tuple(_condition(part) for part in where.split(" & ") if part.strip())


def _condition(part: str) -> Condition:
    column, equals, values = part.partition("=")
    if not equals or not column.strip():
        raise ValueError(f"“{part[:60]}” is not of the form column=value")
    return Condition(column.strip().lower(), frozenset(as_compared(value) for value in values.split("|")))
