"""The interval of each measure that two counts alone tell, as rounded figures need them."""

from collections.abc import Callable, Mapping

import polars as pl

from kith.insight.statistics.intervals.rates import rate_intervals
from kith.insight.statistics.intervals.shares import share_intervals

INTERVALS_OF_COUNTS: Mapping[str, Callable[[str, str], pl.Expr]] = {
    "share": share_intervals,
    "rate": rate_intervals,
}
