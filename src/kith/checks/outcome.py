"""What became of each rule, and what it found."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

import polars as pl

from kith.checks.rule import Rule

Status = Literal["clear", "findings", "could not run", "crashed"]


@dataclass(frozen=True)
class Outcome:
    """What became of one rule.

    `rows` says where each finding stands: `row` in the rule's own table, and `X.row` for each linked row;
    its height is the number of findings. `missing` names what a rule that could not run lacked; `error` is
    what a crashed one raised.
    """

    rule: Rule
    status: Status
    rows: pl.DataFrame = field(default_factory=pl.DataFrame, repr=False)
    missing: str = ""
    error: str = ""

    @property
    def count(self) -> int:
        """How many findings there are."""
        return self.rows.height


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
