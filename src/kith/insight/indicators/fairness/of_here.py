"""Children of the place itself: those who came to this country alone are not of the local population."""

import polars as pl

from kith.insight.facts import Facts
from kith.insight.indicators.care.alone import is_alone


def of_here(facts: Facts, children: pl.DataFrame) -> pl.DataFrame:
    """The rows without children who are unaccompanied on the row's day."""
    return children.filter(~is_alone(facts, children))
