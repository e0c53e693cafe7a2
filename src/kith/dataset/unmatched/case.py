"""A row that did not come back, with what there is to tell why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from kith.dataset.merging import YEAR
from kith.dataset.returns import FILE_COLUMN, LINE_COLUMN
from kith.dataset.years import first_day, last_day, year_name

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Case:
    """`row` of `table` in the return for `year`.

    `headings` are those of its values, and `key` those that tell one from another of a child.
    `back` is what came back in its place (the same child and key), or None. `of_child` are all the rows of
    this table that came back for the child, and `others` the child's other rows of it in every return,
    their year under `_year`. `is_child_back` tells whether the child is in the year's return at all.
    """

    table: str
    year: int
    row: Row
    headings: tuple[str, ...]
    key: tuple[str, ...]
    back: Row | None
    of_child: Sequence[Row]
    others: Sequence[Row]
    is_child_back: bool

    def differing(self) -> list[str]:
        """The headings whose values came back differently."""
        if self.back is None:
            return []
        return [heading for heading in self.headings if self.row[heading] != self.back[heading]]

    def rivals(self) -> list[Row]:
        """Other rows that tell the same thing (the same child and key), latest return first."""
        same = [x for x in self.others if all(x[heading] == self.row[heading] for heading in self.key)]
        return sorted((x for x in same if x[YEAR] >= self.year), key=lambda x: x[YEAR], reverse=True)

    def rival_saying(self, heading: str, value: object) -> Row | None:
        """The latest of the rivals that says `value` under `heading`."""
        return next((x for x in self.rivals() if x[heading] == value), None)

    def place(self, row: Row) -> str:
        """Where `row` stands, as short as is clear beside the case's own file and line."""
        if row[FILE_COLUMN] == self.row[FILE_COLUMN] and row[YEAR] == self.year:
            return f"line {row[LINE_COLUMN]}"
        return f"line {row[LINE_COLUMN]} of {row[FILE_COLUMN]} ({year_name(row[YEAR])})"


def outside_year(year: int, since: date | None, until: date | None) -> str | None:
    """The reason where something that was so from `since` to `until` did not touch `year`."""
    first, last = first_day(year), last_day(year)
    if since is not None and since > last:
        return f"Dated outside its year: {short(since)} is after {short(last)}"
    if until is not None and until < first:
        return f"Dated outside its year: {short(until)} is before {short(first)}"
    return None


def short(day: date) -> str:
    """A date as in the files: 31/03/2018."""
    return f"{day:%d/%m/%Y}"


def shown(value: object) -> str:
    """A value in words: a blank, a date or the code."""
    if value is None:
        return "blank"
    return short(value) if isinstance(value, date) else str(value)
