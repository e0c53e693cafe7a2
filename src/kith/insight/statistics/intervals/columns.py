"""Counts that can be, one at a time or a whole column, and a formula as an expression over columns."""

from collections.abc import Callable
from math import isfinite

import polars as pl

from kith.insight.statistics.confidence import Interval

FIELDS = pl.Struct(dict.fromkeys(Interval._fields, pl.Float64))

Column = str | pl.Expr
Formula = Callable[[pl.DataFrame], pl.DataFrame]


class ImpossibleCount(ValueError):
    """A count that cannot be: below zero, not whole, or more than there were to count."""


def refuse_impossible(count: float, out_of: float, *, is_part: bool) -> None:
    """Raise ImpossibleCount where `count` of `out_of` cannot be; `is_part` where it counts among `out_of`."""
    if not (isfinite(count) and isfinite(out_of)) or count < 0 or out_of < 0 or count % 1:
        raise ImpossibleCount(
            f"A count is a whole number from zero up, out of zero or more: {count:g} of {out_of:g} is not. "
            "Look at what was counted."
        )
    if is_part and count > out_of:
        raise ImpossibleCount(
            f"{count:g} were counted out of {out_of:g}, which is more than there were. "
            "Those counted have to be among those they are counted out of: look at both definitions."
        )


def refuse_impossible_rows(counts: pl.DataFrame, *, is_part: bool) -> None:
    """Raise ImpossibleCount for the first row of `counts` (a count, out of how many) that cannot be."""
    told = counts.drop_nulls()
    count, out_of = (pl.col(name) for name in counts.columns)
    bad = ~(count.is_finite() & out_of.is_finite()) | (count < 0) | (out_of < 0) | (count % 1 != 0)
    for row in told.filter((bad | (count > out_of)) if is_part else bad).head(1).iter_rows():
        refuse_impossible(*row, is_part=is_part)


def over_columns(formula: Formula, *columns: Column) -> pl.Expr:
    """`formula` as an expression over `columns`: a struct of value, low and high, row by row.

    `formula` gets the columns as Float64 named "0", "1" and so on, and gives value, low and high. Take the
    struct apart with `.struct.unnest()`. NaN counts as a number that cannot be; null gives null.
    """
    parts = [_expression(column).cast(pl.Float64).alias(str(i)) for i, column in enumerate(columns)]

    def told(struct: pl.Series) -> pl.Series:
        return formula(struct.struct.unnest()).select(Interval._fields).to_struct(struct.name)

    return pl.struct(parts).map_batches(told, return_dtype=FIELDS, is_elementwise=True)


def _expression(column: Column) -> pl.Expr:
    return pl.col(column) if isinstance(column, str) else column
