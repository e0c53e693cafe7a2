"""A rate per 10,000, or a bare count of events, with its interval."""

from typing import TypeVar

import polars as pl

from kith.insight.statistics.confidence import NOTHING_TO_TELL, USUAL, Confidence, Interval
from kith.insight.statistics.distributions import poisson_limits
from kith.insight.statistics.intervals.columns import (
    Column,
    over_columns,
    refuse_impossible,
    refuse_impossible_rows,
)

PER = 10_000
BYAR_FROM = 10
"""From this count on, Byar's limits are near enough: within 0.2 % of the exact ones at 95 %, and 1.5 % at
99.8 % (the tests measure it). Below it they are not: of a count of 1, Byar's low limit at 95 % is half the
exact one, and at 99.8 % it is below zero."""

Number = TypeVar("Number", float, pl.Expr)


def rate_interval(
    count: float, population: float, confidence: Confidence = USUAL, per: float = PER
) -> Interval:
    """`count` events per 10,000 (or `per`) of `population`, with exact limits below 10 and Byar's from 10.

    More events than people can be: a child may be referred twice. No population gives nothing. Raises
    ImpossibleCount for a count below zero or not whole.
    Source: Byar's method in Breslow & Day 1987, Statistical Methods in Cancer Research II, p. 69; Garwood
    1936, Biometrika 28:437, for small counts, as in the public health technical guide.
    """
    refuse_impossible(count, population, is_part=False)
    if population == 0:
        return NOTHING_TO_TELL
    if count < BYAR_FROM:
        low, high = poisson_limits(int(count), confidence.tail)
    else:
        low, high = _byar(float(count), confidence.z)
    scale = per / population
    return Interval(per * count / population, low * scale, high * scale)


def count_interval(count: float, confidence: Confidence = USUAL) -> Interval:
    """`count` events with the limits of `rate_interval`: what such a number goes up and down by, by chance.

    It is meant for events that come singly (referrals, enquiries), not for a number of children that hardly
    changes from day to day.
    """
    return rate_interval(count, 1, confidence, per=1)


def rate_intervals(
    count: Column, population: Column, confidence: Confidence = USUAL, per: float = PER
) -> pl.Expr:
    """The same as `rate_interval` for each row: a struct of value, low and high. Null gives nulls."""

    def formula(counts: pl.DataFrame) -> pl.DataFrame:
        refuse_impossible_rows(counts, is_part=False)
        count, population = pl.col("0"), pl.when(pl.col("1") > 0).then(pl.col("1"))
        scale = per / population
        low, high = _byar(pl.when(count >= BYAR_FROM).then(count), confidence.z)
        exact_low, exact_high = _exact(count, confidence)
        return counts.select(
            value=per * count / population,
            low=pl.coalesce(low, exact_low) * scale,
            high=pl.coalesce(high, exact_high) * scale,
        )

    return over_columns(formula, count, population)


def count_intervals(count: Column, confidence: Confidence = USUAL) -> pl.Expr:
    """The same as `count_interval` for each row: a struct of value, low and high. Null gives nulls."""
    return rate_intervals(count, pl.lit(1), confidence, per=1)


def _byar(count: Number, z: float) -> tuple[Number, Number]:
    more = count + 1
    low = count * (1 - 1 / (9 * count) - z / (3 * count**0.5)) ** 3
    return low, more * (1 - 1 / (9 * more) + z / (3 * more**0.5)) ** 3


def _exact(count: pl.Expr, confidence: Confidence) -> tuple[pl.Expr, pl.Expr]:
    """The exact limits of counts below 10, looked up; null for others."""
    numbers = [float(number) for number in range(BYAR_FROM)]
    limits = [poisson_limits(number, confidence.tail) for number in range(BYAR_FROM)]
    low, high = (
        count.replace_strict(
            numbers, [limit[side] for limit in limits], default=None, return_dtype=pl.Float64
        )
        for side in (0, 1)
    )
    return low, high
