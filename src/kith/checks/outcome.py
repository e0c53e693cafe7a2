"""What became of each rule, and what it found."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Literal

import polars as pl

from kith.checks.rule import Rule

Status = Literal["clear", "findings", "could not run", "crashed"]


@dataclass(frozen=True)
class Outcome:
    """What became of one rule, with how many findings.

    `missing` names what a rule that could not run lacked; `error` is what a crashed one raised. `find_rows`
    gives `rows` when they are first asked for: a summary needs their number alone.
    """

    rule: Rule
    status: Status
    count: int = 0
    find_rows: Callable[[], pl.DataFrame] = field(default=pl.DataFrame, repr=False)
    missing: str = ""
    error: str = ""

    @cached_property
    def rows(self) -> pl.DataFrame:
        """Where each finding stands: `row` in the rule's own table, and `X.row` for each linked row."""
        return self.find_rows()

    def first(self, most: int) -> "Outcome":
        """The same outcome with its first findings alone, at most so many."""
        rows = self.rows.head(most)
        return replace(self, count=rows.height, find_rows=lambda: rows)


@dataclass(frozen=True)
class FoundRow:
    """One row that a finding points at: its table, place in it (from 0), file and line where known."""

    table: str
    row: int
    file: str | None
    line: int | None


@dataclass(frozen=True)
class Finding:
    """One finding: its rule, the child (None where the row names none), its rows and the values to look at.

    The first of `rows` is the rule's own; `values` are by the rule's `fields`, as they were typed.
    """

    rule: Rule
    child: str | None
    rows: tuple[FoundRow, ...]
    values: Mapping[str, str | None]
