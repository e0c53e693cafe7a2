"""How many times as high one rate or share is as another, with its interval.

The logarithm of a ratio is taken to be normal. It has no standard error where a count is zero, so then, for
the limits alone, half is added to every count (and, of a share, to what it is out of). Where all of all were
counted, half is taken off, again for the limits alone. So, plainly:

- nobody in the first: the ratio is 0, its low limit 0, its high limit that of the halves;
- nobody in the second: nothing can be said as a ratio, and all three are nothing (use a difference).

Sources: Katz et al. 1978, Biometrics 34:469 (shares); Breslow & Day 1987, p. 93 (rates); Walter 1975,
Biometrika 62:371 (the halves).
"""

from math import e
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


def ratio_of_rates_interval(
    count: float,
    population: float,
    other_count: float,
    other_population: float,
    confidence: Confidence = USUAL,
) -> Interval:
    """The first rate as a multiple of the other, with its limits; nothing where the other is nobody."""
    refuse_impossible(count, population, is_part=False)
    refuse_impossible(other_count, other_population, is_part=False)
    if not (population and other_population and other_count):
        return NOTHING_TO_TELL
    counts = (float(count), float(population), float(other_count), float(other_population))
    low, high = _limits_of_rates(*counts, confidence.z)
    return _with_limits((count / population) / (other_count / other_population), low, high)


def ratio_of_shares_interval(
    count: float, out_of: float, other_count: float, other_out_of: float, confidence: Confidence = USUAL
) -> Interval:
    """The first share as a multiple of the other, with its limits; nothing where the other is nobody."""
    refuse_impossible(count, out_of, is_part=True)
    refuse_impossible(other_count, other_out_of, is_part=True)
    if not (out_of and other_out_of and other_count):
        return NOTHING_TO_TELL
    counts = (float(count), float(out_of), float(other_count), float(other_out_of))
    low, high = _limits_of_shares(*counts, confidence.z)
    return _with_limits((count / out_of) / (other_count / other_out_of), low, high)


def ratio_of_rates_intervals(
    count: Column,
    population: Column,
    other_count: Column,
    other_population: Column,
    confidence: Confidence = USUAL,
) -> pl.Expr:
    """The same as `ratio_of_rates_interval` for each row: a struct of value, low and high."""

    def formula(counts: pl.DataFrame) -> pl.DataFrame:
        return _ratios(counts, *_limits_of_rates(*_told(), confidence.z), is_part=False)

    return over_columns(formula, count, population, other_count, other_population)


def ratio_of_shares_intervals(
    count: Column, out_of: Column, other_count: Column, other_out_of: Column, confidence: Confidence = USUAL
) -> pl.Expr:
    """The same as `ratio_of_shares_interval` for each row: a struct of value, low and high."""

    def formula(counts: pl.DataFrame) -> pl.DataFrame:
        return _ratios(counts, *_limits_of_shares(*_told(), confidence.z), is_part=True)

    return over_columns(formula, count, out_of, other_count, other_out_of)


def _limits_of_rates(
    count: Number, population: Number, other_count: Number, other_population: Number, z: float
) -> tuple[Number, Number]:
    half = ((count == 0) | (other_count == 0)) * 0.5
    first, other = count + half, other_count + half
    return _around((first / population) / (other / other_population), 1 / first + 1 / other, z)


def _limits_of_shares(
    count: Number, out_of: Number, other_count: Number, other_out_of: Number, z: float
) -> tuple[Number, Number]:
    half = ((count == 0) | (other_count == 0)) * 0.5
    first = count + half - (count == out_of) * 0.5
    other = other_count + half - (other_count == other_out_of) * 0.5
    first_of, other_of = out_of + half, other_out_of + half
    variance = 1 / first - 1 / first_of + 1 / other - 1 / other_of
    return _around((first / first_of) / (other / other_of), variance, z)


def _around(ratio: Number, variance: Number, z: float) -> tuple[Number, Number]:
    factor = e ** (z * variance**0.5)
    return ratio / factor, ratio * factor


def _with_limits(value: float, low: float, high: float) -> Interval:
    return Interval(value, min(low, value), max(high, value))


def _told() -> tuple[pl.Expr, pl.Expr, pl.Expr, pl.Expr]:
    """Both counts and what they are out of, null where there is no ratio."""
    has_ratio = (pl.col("1") > 0) & (pl.col("2") > 0) & (pl.col("3") > 0)
    return pl.col("0"), pl.when(has_ratio).then(pl.col("1")), pl.col("2"), pl.col("3")


def _ratios(counts: pl.DataFrame, low: pl.Expr, high: pl.Expr, *, is_part: bool) -> pl.DataFrame:
    refuse_impossible_rows(counts.select("0", "1"), is_part=is_part)
    refuse_impossible_rows(counts.select("2", "3"), is_part=is_part)
    count, out_of, other_count, other_out_of = _told()
    return counts.select(value=(count / out_of) / (other_count / other_out_of), low=low, high=high).select(
        "value",
        low=pl.when(pl.col("value").is_not_null()).then(pl.min_horizontal("low", "value")),
        high=pl.when(pl.col("value").is_not_null()).then(pl.max_horizontal("high", "value")),
    )
