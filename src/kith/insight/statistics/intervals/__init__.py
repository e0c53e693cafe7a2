"""Figures with their intervals: `..._interval` for one figure, `..._intervals` for columns of them."""

from kith.insight.statistics.confidence import USUAL, WIDE, Confidence, Interval, exactly
from kith.insight.statistics.intervals.columns import ImpossibleCount
from kith.insight.statistics.intervals.differences import (
    difference_interval,
    difference_intervals,
    difference_of_shares_interval,
    difference_of_shares_intervals,
)
from kith.insight.statistics.intervals.means import mean_interval, mean_intervals
from kith.insight.statistics.intervals.medians import median_interval, median_intervals, median_ranks
from kith.insight.statistics.intervals.rates import (
    count_interval,
    count_intervals,
    rate_interval,
    rate_intervals,
)
from kith.insight.statistics.intervals.ratios import (
    ratio_of_rates_interval,
    ratio_of_rates_intervals,
    ratio_of_shares_interval,
    ratio_of_shares_intervals,
)
from kith.insight.statistics.intervals.shares import share_interval, share_intervals

__all__ = [
    "USUAL",
    "WIDE",
    "Confidence",
    "ImpossibleCount",
    "Interval",
    "count_interval",
    "count_intervals",
    "difference_interval",
    "difference_intervals",
    "difference_of_shares_interval",
    "difference_of_shares_intervals",
    "exactly",
    "mean_interval",
    "mean_intervals",
    "median_interval",
    "median_intervals",
    "median_ranks",
    "rate_interval",
    "rate_intervals",
    "ratio_of_rates_interval",
    "ratio_of_rates_intervals",
    "ratio_of_shares_interval",
    "ratio_of_shares_intervals",
    "share_interval",
    "share_intervals",
]
