"""The report of one check: what became of each rule, and every finding with its rows and values."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import polars as pl

from kith.checks.collection import Collection
from kith.checks.outcome import Finding, FoundRow, Outcome, Status
from kith.checks.paths import place_of
from kith.checks.views import CannotRun, Views
from kith.dataset.returns import FILE_COLUMN, LINE_COLUMN


@dataclass(frozen=True)
class Report:
    """What a check of one return found. `outcomes` holds one for each rule that was asked for."""

    collection: Collection
    outcomes: tuple[Outcome, ...]
    views: Views

    def with_status(self, status: Status) -> tuple[Outcome, ...]:
        """The outcomes of one kind."""
        return tuple(outcome for outcome in self.outcomes if outcome.status == status)

    @cached_property
    def statuses(self) -> Counter[Status]:
        """How many rules ended each way."""
        return Counter(outcome.status for outcome in self.outcomes)

    @property
    def finding_count(self) -> int:
        """How many findings there are in all."""
        return sum(outcome.count for outcome in self.outcomes)

    def outcome(self, code: str) -> Outcome:
        """What became of the rule `code`; KeyError where it was not asked for."""
        for outcome in self.outcomes:
            if outcome.rule.code == code:
                return outcome
        raise KeyError(code)

    def findings(self, code: str | None = None) -> Iterator[Finding]:
        """Every finding, or those of one rule."""
        outcomes = self.outcomes if code is None else (self.outcome(code),)
        for outcome in outcomes:
            if outcome.status == "findings":
                yield from _findings(outcome, self.views)

    def children_of(self, outcome: Outcome) -> frozenset[str]:
        """The children that one rule's findings are about."""
        return frozenset(child for child in _children(outcome, self.views) if child is not None)

    def by_child(self) -> Counter[str]:
        """How many findings each child has, the child with most first."""
        return Counter(
            child
            for outcome in self.with_status("findings")
            for child in _children(outcome, self.views)
            if child is not None
        )


def _findings(outcome: Outcome, views: Views) -> Iterator[Finding]:
    rule, places = outcome.rule, _row_places(outcome)
    values = [_values(outcome, name, views) for name in rule.fields]
    found = [_found_rows(table, outcome.rows[column], views) for column, table in places.items()]
    for at, child in enumerate(_children(outcome, views)):
        rows = tuple(dict.fromkeys(row for rows in found if (row := rows[at]) is not None))
        texts = {name: texts[at] for name, texts in zip(rule.fields, values, strict=True)}
        yield Finding(rule, child, rows, texts)


def _row_places(outcome: Outcome) -> dict[str, str]:
    """Each row column of the outcome with the table it points into."""
    return {column: place_of(outcome.rule.table, column).table for column in outcome.rows.columns}


def _children(outcome: Outcome, views: Views) -> list[str | None]:
    first = outcome.rule.table.partition("+")[0]
    if views.child_column not in views.table(first).columns:
        return [None] * outcome.count
    return views.table(first)[views.child_column].cast(pl.String)[outcome.rows["row"]].to_list()


def _found_rows(table: str, rows: pl.Series, views: Views) -> list[FoundRow | None]:
    frame = views.table(table)
    files = _gathered(frame, FILE_COLUMN, rows)
    lines = _gathered(frame, LINE_COLUMN, rows)
    return [
        None if row is None else FoundRow(table, row, file, line)
        for row, file, line in zip(rows.to_list(), files, lines, strict=True)
    ]


def _gathered(frame: pl.DataFrame, column: str, rows: pl.Series) -> list[Any]:
    return frame[column][rows].to_list() if column in frame.columns else [None] * rows.len()


def _values(outcome: Outcome, name: str, views: Views) -> list[str | None]:
    """What was typed in the column `name` at each finding; null where the return has no such column."""
    place = place_of(outcome.rule.table, name)
    if place.row not in outcome.rows.columns:
        return [None] * outcome.count
    try:
        cells = views.column(place.table, f"{place.column}.written")
    except CannotRun:
        return [None] * outcome.count
    return cells[outcome.rows[place.row]].cast(pl.String).to_list()
