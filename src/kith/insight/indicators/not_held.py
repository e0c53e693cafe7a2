"""Indicators that are defined, and that nothing tells yet: their needs say what is missing."""

import polars as pl

from kith.insight.indicator import UNITS


def nothing_is_told() -> pl.DataFrame:
    """No units, with every column that an indicator may give."""
    return pl.DataFrame(schema=UNITS)
