"""How much higher one figure is than another, with its interval, from the intervals of the two.

Each limit of the difference takes from each figure the side that leads towards it: the squares of those two
distances are added. With Wilson's limits this is Newcombe's interval for two shares; the same step serves
every figure that has limits of its own. It is for two figures that do not share children. Where they do (the
children in care on two days), it is wider than need be, and so errs towards "no clear change".
Sources: Newcombe 1998, Statistics in Medicine 17:873, method 10; Zou & Donner 2008, Statistics in Medicine
27:1693, for figures of any kind.
"""

from typing import TypeVar

import polars as pl

from kith.insight.statistics.confidence import NOTHING_TO_TELL, USUAL, Confidence, Interval
from kith.insight.statistics.intervals.columns import Column, over_columns
from kith.insight.statistics.intervals.shares import share_interval, share_intervals

Number = TypeVar("Number", float, pl.Expr)


def difference_interval(figure: Interval, other: Interval) -> Interval:
    """`figure` less `other`, in their unit, with its limits; a limit that needs one not told is None."""
    if figure.value is None or other.value is None:
        return NOTHING_TO_TELL
    value = figure.value - other.value
    if figure.low is None or figure.high is None or other.low is None or other.high is None:
        return Interval(value, None, None)
    low, high = _limits(figure.value, figure.low, figure.high, other.value, other.low, other.high)
    return Interval(value, low, high)


def difference_intervals(
    figure: tuple[Column, Column, Column], other: tuple[Column, Column, Column]
) -> pl.Expr:
    """The same as `difference_interval` for each row, of the columns that hold value, low and high."""

    def formula(limits: pl.DataFrame) -> pl.DataFrame:
        parts = [pl.col(str(i)) for i in range(6)]
        low, high = _limits(*parts)
        is_told = pl.all_horizontal(part.is_not_null() for part in parts)
        return limits.select(
            value=parts[0] - parts[3], low=pl.when(is_told).then(low), high=pl.when(is_told).then(high)
        )

    return over_columns(formula, *figure, *other)


def difference_of_shares_interval(
    count: float, out_of: float, other_count: float, other_out_of: float, confidence: Confidence = USUAL
) -> Interval:
    """The first share less the other, in percentage points, with Newcombe's limits."""
    return difference_interval(
        share_interval(count, out_of, confidence), share_interval(other_count, other_out_of, confidence)
    )


def difference_of_shares_intervals(
    count: Column, out_of: Column, other_count: Column, other_out_of: Column, confidence: Confidence = USUAL
) -> pl.Expr:
    """The same as `difference_of_shares_interval` for each row: a struct of value, low and high."""
    figure = share_intervals(count, out_of, confidence)
    other = share_intervals(other_count, other_out_of, confidence)
    return difference_intervals(_fields(figure), _fields(other))


def _fields(interval: pl.Expr) -> tuple[pl.Expr, pl.Expr, pl.Expr]:
    value, low, high = (interval.struct.field(name) for name in Interval._fields)
    return value, low, high


def _limits(
    value: Number, low: Number, high: Number, other: Number, other_low: Number, other_high: Number
) -> tuple[Number, Number]:
    difference = value - other
    down = ((value - low) ** 2 + (other_high - other) ** 2) ** 0.5
    up = ((high - value) ** 2 + (other - other_low) ** 2) ** 0.5
    return difference - down, difference + up
