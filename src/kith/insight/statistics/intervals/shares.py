"""A share, in per cent, with its interval."""

from typing import TypeVar

import polars as pl

from kith.insight.statistics.confidence import NOTHING_TO_TELL, USUAL, Confidence, Interval
from kith.insight.statistics.intervals.columns import (
    Column,
    over_columns,
    refuse_impossible,
    refuse_impossible_rows,
)

Number = TypeVar("Number", float, pl.Expr)


def share_interval(count: float, out_of: float, confidence: Confidence = USUAL) -> Interval:
    """`count` of `out_of` in per cent (0 to 100), with Wilson's score interval.

    None of n has 0 as its low limit, all of n has 100 as its high one; nothing to count out of gives nothing.
    Raises ImpossibleCount where more were counted than there were.
    Source: Wilson 1927, J. American Statistical Association 22:209; Newcombe 1998, Statistics in Medicine
    17:857, method 3; the interval that the public health technical guide gives for proportions.
    """
    refuse_impossible(count, out_of, is_part=True)
    if out_of == 0:
        return NOTHING_TO_TELL
    low, high = _wilson(float(count), float(out_of), confidence.z)
    value = 100 * count / out_of
    return Interval(value, min(low, value) if count else 0.0, max(high, value) if count < out_of else 100.0)


def share_intervals(count: Column, out_of: Column, confidence: Confidence = USUAL) -> pl.Expr:
    """The same as `share_interval` for each row: a struct of value, low and high. Null gives nulls."""

    def formula(counts: pl.DataFrame) -> pl.DataFrame:
        refuse_impossible_rows(counts, is_part=True)
        count, out_of = pl.col("0"), pl.when(pl.col("1") > 0).then(pl.col("1"))
        low, high = _wilson(count, out_of, confidence.z)
        value = 100 * count / out_of
        return counts.select(
            value=value,
            low=pl.when(count > 0).then(pl.min_horizontal(low, value)).otherwise(value),
            high=pl.when(count < out_of).then(pl.max_horizontal(high, value)).otherwise(value),
        )

    return over_columns(formula, count, out_of)


def _wilson(count: Number, out_of: Number, z: float) -> tuple[Number, Number]:
    share = count / out_of
    middle = share + z * z / (2 * out_of)
    reach = z * (share * (1 - share) / out_of + (z / (2 * out_of)) ** 2) ** 0.5
    scale = 100 / (1 + z * z / out_of)
    return scale * (middle - reach), scale * (middle + reach)
