"""What each year's SSDA903 and CIN census held: tables, columns and codes that began, ended or were replaced.

A return's year is its END year: 2017-18 is 2018 (decision D4). What is not known of a year is said to be so.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Literal

from kith.standards import tables
from kith.standards.codes import Code, code_list

ReturnKind = Literal["903", "cin"]
CALLED: Mapping[str, str] = {"903": "SSDA903", "cin": "CIN census"}
"""What people call each kind of return."""

_DATA = Path(__file__).parent / "data"
_USES: dict[ReturnKind, str] = {"903": "SSDA903", "cin": "CIN"}
_YEAR_TEXT = re.compile(r"(\d{4})(?:\s*[-/]\s*(?:\d{2})?(\d{2}))?", re.ASCII)


class Known(StrEnum):
    """How far something was read at its source."""

    KNOWN = "known"
    PARTLY = "partly"
    UNKNOWN = "unknown"


class NoSuchReturn(LookupError):
    """The return did not have that table or column in that year, or never had it."""


@dataclass(frozen=True, slots=True)
class ReturnColumn:
    """A column of a return, with the first and last END year it was asked for.

    None as the first: already there in 2017-18. None as the last: still there.
    """

    kind: ReturnKind
    table: str
    column: str
    code_list: str | None
    first_year: int | None
    last_year: int | None
    status: Known
    source: str
    note: str

    def is_in(self, year: int) -> bool:
        """Whether the return of `year` has the column."""
        return (self.first_year or year) <= year <= (self.last_year or year)


@dataclass(frozen=True, slots=True)
class Replacement:
    """A code that another took the place of; `from_year` is None where the year was not found."""

    kind: ReturnKind
    table: str
    column: str
    old: str
    new: str
    from_year: int | None
    status: Known
    source: str
    note: str


@dataclass(frozen=True, slots=True)
class YearKnowledge:
    """How far the return of a year is known, and from what."""

    kind: ReturnKind
    year: int
    status: Known
    because: str


def return_year(day: date) -> int:
    """The END year of the return that takes in `day`: 1 April 2017 to 31 March 2018 is 2018."""
    return day.year + (day >= date(day.year, 4, 1))


def year_bounds(year: int) -> tuple[date, date]:
    """The first and the last day of the return year that ends in `year`."""
    return date(year - 1, 4, 1), date(year, 3, 31)


def year_label(year: int) -> str:
    """The year as people write it: 2018 is "2017-18"."""
    return f"{year - 1}-{year % 100:02}"


def year_from(text: str) -> int:
    """The END year that a person or a file name means: "2017-18", "2017/18" and "2018" are all 2018.

    Raises ValueError, in words, for anything else and for two years that do not follow each other.
    """
    found = _YEAR_TEXT.fullmatch(text.strip())
    if not found or not date.min.year < int(found[1]) < date.max.year:
        raise ValueError(_no_year(text))
    first = int(found[1])
    if found[2] is None:
        return first
    if (first + 1) % 100 != int(found[2]):
        raise ValueError(_no_year(text))
    return first + 1


def tables_in(kind: ReturnKind, year: int) -> tuple[str, ...]:
    """The tables of the return of `year`, in the return's order."""
    return tuple(dict.fromkeys(row.table for row in return_columns() if row.kind == kind and row.is_in(year)))


def columns_in(kind: ReturnKind, table: str, year: int) -> tuple[str, ...]:
    """The columns of a table in the return of `year`, in the return's order. Raises NoSuchReturn."""
    found = tuple(
        row.column for row in return_columns() if (row.kind, row.table) == (kind, table) and row.is_in(year)
    )
    if not found:
        raise NoSuchReturn(f"The {_USES[kind]} return of {year_label(year)} has no table {table}.")
    return found


def return_column(kind: ReturnKind, table: str, column: str) -> ReturnColumn:
    """The column of a return, with the years that asked for it. Raises NoSuchReturn if none ever did."""
    found = _columns_by_name().get((kind, table, column))
    if found is None:
        raise NoSuchReturn(f"No {_USES[kind]} return has a column {column} in its table {table}.")
    return found


def known_year(year: int | None, what: str) -> int:
    """The year, where a caller cannot do without it. Raises NoSuchReturn for one that is not known."""
    if year is None:
        raise NoSuchReturn(f"The first year of {what} is not known.")
    return year


@cache
def codes_in(kind: ReturnKind, table: str, column: str, year: int) -> tuple[Code, ...]:
    """The codes that a column took for events of the return of `year`; empty for a column with no code list.

    Raises NoSuchReturn for a column the year did not have.
    """
    if column not in columns_in(kind, table, year):
        raise NoSuchReturn(f"The table {table} of {year_label(year)} has no column {column}.")
    row = return_column(kind, table, column)
    if not row.code_list:
        return ()
    first, last = year_bounds(year)
    span = Code("", "", first, last, (), "")
    return tuple(code for code in code_list(row.code_list).used_in(_USES[kind]) if code.overlaps(span))


def year_of_new_codes(kind: ReturnKind, table: str, column: str) -> int | None:
    """The first END year in which every replaced code of a column gave way; None where that is not known."""
    rows = [row for row in replacements() if (row.kind, row.table, row.column) == (kind, table, column)]
    years = [row.from_year for row in rows]
    return None if None in years else max((year for year in years if year), default=None)


def replaced_codes(kind: ReturnKind, table: str, column: str) -> dict[str, str]:
    """Each code of a column that another took the place of, old to new; the last new one of several."""
    return {
        row.old: row.new
        for row in replacements()
        if (row.kind, row.table, row.column) == (kind, table, column)
    }


def what_is_known(kind: ReturnKind, year: int) -> YearKnowledge:
    """How far the return of `year` is known, and from what. A year outside the table is unknown."""
    outside = YearKnowledge(kind, year, Known.UNKNOWN, "Nothing of this year was read")
    return next((row for row in _year_rows() if (row.kind, row.year) == (kind, year)), outside)


@cache
def return_columns() -> tuple[ReturnColumn, ...]:
    """Every column that either return had in any year from 2017-18."""
    return tuple(
        ReturnColumn(
            kind=_kind(row["kind"]),
            table=row["table"],
            column=row["column"],
            code_list=row["code_list"] or None,
            first_year=tables.number(row["first_year"]),
            last_year=tables.number(row["last_year"]),
            status=Known(row["status"]),
            source=row["source"],
            note=row["note"],
        )
        for row in tables.rows(_DATA / "return_columns.csv")
    )


@cache
def _columns_by_name() -> Mapping[tuple[ReturnKind, str, str], ReturnColumn]:
    return {(row.kind, row.table, row.column): row for row in return_columns()}


@cache
def replacements() -> tuple[Replacement, ...]:
    """Every code that another took the place of."""
    return tuple(
        Replacement(
            kind=_kind(row["kind"]),
            table=row["table"],
            column=row["column"],
            old=row["old"],
            new=row["new"],
            from_year=tables.number(row["from_year"]),
            status=Known(row["status"]),
            source=row["source"],
            note=row["note"],
        )
        for row in tables.rows(_DATA / "return_replacements.csv")
    )


@cache
def _year_rows() -> tuple[YearKnowledge, ...]:
    return tuple(
        YearKnowledge(_kind(row["kind"]), int(row["year"]), Known(row["status"]), row["because"])
        for row in tables.rows(_DATA / "return_years.csv")
    )


def _kind(text: str) -> ReturnKind:
    return "903" if text == "903" else "cin"


def _no_year(text: str) -> str:
    return (
        f"“{text.strip()[:20]}” is not a return year Kith can read. Write it as 2017-18, "
        "or as the year it ends in, 2018."
    )
