"""A mean with its interval."""

from collections.abc import Sequence
from math import sqrt
from statistics import fmean, stdev

import polars as pl

from kith.insight.statistics.confidence import USUAL, Confidence, Interval
from kith.insight.statistics.distributions import student_t_quantile


def mean_interval(values: Sequence[float], confidence: Confidence = USUAL) -> Interval:
    """The mean of `values` with its limits, in their unit; nothing of none, no limits of one.

    The mean, and t standard errors to each side. With few values that lie far to one side (lengths of stay)
    it is the median that should be told.
    Source: Student 1908, Biometrika 6:1.
    """
    if len(values) < 2:
        return Interval(float(values[0]) if values else None, None, None)
    mean = fmean(values)
    reach = _errors_to_each_side(len(values), confidence) * stdev(values)
    return Interval(mean, mean - reach, mean + reach)


def mean_intervals(
    frame: pl.DataFrame, by: Sequence[str], value: str, confidence: Confidence = USUAL
) -> pl.DataFrame:
    """One row for each group of `by`, in order: numerator (how many values), value (their mean), low, high.

    Nulls are not counted; a group of nulls only has a numerator of 0 and nulls. The same as `mean_interval`
    for each group.
    """
    values = pl.col(value).cast(pl.Float64).drop_nulls()
    groups = frame.group_by(by).agg(
        values.len().cast(pl.Int64).alias("numerator"),
        values.mean().alias("value"),
        values.std().alias("low"),
    )
    numbers = groups["numerator"].unique().to_list()
    errors = pl.DataFrame(
        {"numerator": numbers, "errors": [_errors_to_each_side(number, confidence) for number in numbers]},
        schema={"numerator": pl.Int64, "errors": pl.Float64},
    )
    reach = pl.col("low") * pl.col("errors")
    told = groups.join(errors, on="numerator").with_columns(
        low=pl.col("value") - reach, high=pl.col("value") + reach
    )
    return told.drop("errors").sort(by)


def _errors_to_each_side(number: int, confidence: Confidence) -> float:
    """How many standard deviations of the values the limits of their mean lie from it; 0 where too few."""
    return student_t_quantile(confidence.tail, number - 1) / sqrt(number) if number > 1 else 0.0
