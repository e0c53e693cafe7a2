"""The counts that figures are made of, each once, though figures tell it several times.

A number and its rate are one count. A share has two, those that count and what they are out of, and a third
that nobody writes down but anybody can work out: the rest.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby

import polars as pl

from kith.insight.disclosure.audience import Audience
from kith.insight.disclosure.layout import IN_NO_GROUP, Cell, Layout, layout_of

MANY = 10**9
COUNTED, OUT_OF, VALUES = " counted", " out of", " values"
CELL = ["authority", "first", "last", "count", "breakdown", "group"]

SHOWN, SMALL, KEPT_BACK, NEVER_SHOWN = range(4)


@dataclass(frozen=True, slots=True, order=True)
class Key:
    """Whose count it is: the authority, the days, and the indicator (with " out of" and so on)."""

    authority: str
    first: date
    last: date
    count: str


@dataclass(slots=True, eq=False)
class Count:
    """One count in all its cells: what is true, how it is shown, and what it may be for all that is shown.

    `down` and `up` are how far below and above the truth a cell could lie if there were no other cell.
    """

    key: Key
    layout: Layout
    true: list[int]
    how: list[int] = field(default_factory=list)
    down: list[int] = field(default_factory=list)
    up: list[int] = field(default_factory=list)
    is_shown: bool = True
    also: list[Key] = field(default_factory=list)

    def keep_back(self, at: int) -> None:
        """Show the cell no more, so that it may be any number."""
        self.how[at] = KEPT_BACK
        self.down[at], self.up[at] = self.true[at], MANY


def count_name(measure: str) -> pl.Expr:
    """The name of the count that a measure's numerator is."""
    ending = {"share": COUNTED, "ratio": COUNTED, "median": VALUES, "mean": VALUES}
    return pl.col("indicator") + pl.col(measure).replace_strict(ending, default="", return_dtype=pl.String)


def counts_of(figures: pl.DataFrame, audience: Audience) -> list[Count]:
    """Every count of the figures, in the order of their keys. Figures that are not held have none."""
    cells = _cells(figures)
    return [
        _count(key, list(rows), audience) for key, rows in groupby(cells.iter_rows(), lambda row: row[:4])
    ]


def _cells(figures: pl.DataFrame) -> pl.DataFrame:
    """Each cell of each count once, in order: the columns of CELL, and how many."""
    shares = figures.filter(pl.col("measure").is_in(["share", "ratio"]))
    place = ["authority", "first", "last"]
    parts = [
        figures.select(*place, count_name("measure").alias("count"), "breakdown", "group", n="numerator"),
        shares.select(
            *place, (pl.col("indicator") + OUT_OF).alias("count"), "breakdown", "group", n="denominator"
        ),
    ]
    cells = pl.concat(parts).drop_nulls("n")
    return cells.group_by(CELL).agg(pl.col("n").max()).sort(CELL, nulls_last=False)


def _count(key: tuple[object, ...], rows: Sequence[tuple], audience: Audience) -> Count:  # type: ignore[type-arg]
    told = {(row[4], row[5]): row[6] for row in rows}
    layout = layout_of(tuple(cell for cell in told if cell[0] is not None))
    everyone = told.get((None, None))
    true = [told.get(cell, 0) for cell in layout.cells]
    if everyone is None:
        true[0] = max(sum(true[begin:end]) for _, begin, end in layout.breakdowns)
    for _, begin, end in layout.breakdowns:
        true[end - 1] = true[0] - sum(true[begin : end - 1])
    count = Count(Key(*key), layout, true)  # type: ignore[arg-type]
    show(count, audience)
    if everyone is None:
        count.how[0], count.down[0], count.up[0] = NEVER_SHOWN, true[0], MANY
    return count


def show(count: Count, audience: Audience) -> None:
    """Say of each cell how it is shown to the audience, and what it may be for that."""
    for at, true in enumerate(count.true):
        if not count.is_shown or count.layout.is_never_shown(at):
            how, (low, high) = NEVER_SHOWN, _box_of_the_unseen(count, at)
        elif audience.is_small(true):
            how, (low, high) = SMALL, (0, audience.smallest_shown - 1)
        else:
            how, (low, high) = SHOWN, audience.box(audience.rounded(true))
        count.how.append(how)
        count.down.append(true - low)
        count.up.append(high - true)


def _box_of_the_unseen(count: Count, at: int) -> tuple[int, int]:
    """What a cell may be that is never shown. That there is nobody in no group, people know or guess; and
    where groups overlap, they do not add up to everyone, and tell nothing of it.
    """
    true = count.true[at]
    if count.layout.cells[at][1] != IN_NO_GROUP:
        return 0, MANY
    return (-MANY, MANY) if true < 0 else (0, MANY if true else 0)


def cells_not_shown(counts: Sequence[Count]) -> Iterator[tuple[Key, Cell]]:
    """The cells that are not shown though figures tell of them, under every name that the count has."""
    for count in counts:
        each = zip(count.layout.cells, count.how, strict=True)
        hidden = [cell for cell, how in each if how in (SMALL, KEPT_BACK)]
        for key in (count.key, *count.also):
            yield from ((key, cell) for cell in hidden)
