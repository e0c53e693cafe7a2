"""What the rules about last year's return ask of the episode with which it ended."""

import polars as pl

from kith.checks.words import blank, col, is_the_first

_LATEST = "LastYear.Episodes.latest"
_ROUNDING = 0.2


def goes_on_from_last_year() -> pl.Expr:
    """The child's first episode, where last year's return left the child's latest episode open."""
    was_sent = col(f"{_LATEST}.row").is_not_null()
    return is_the_first("Episodes") & was_sent & blank(f"{_LATEST}.DEC")


def is_last_years_last() -> pl.Expr:
    """The child's first episode, where it began on the day that last year's last one did: it is the same."""
    return is_the_first("Episodes") & (col("DECOM") == col(f"{_LATEST}.DECOM"))


def differs_from_last_year(column: str) -> pl.Expr:
    """The column is other than in the child's last episode of last year's return; blank counts as a value."""
    return col(column).ne_missing(col(f"{_LATEST}.{column}"))


def distance_differs_from_last_year() -> pl.Expr:
    """The distance is other than last year's by 0.2 miles or more, or one of them is blank.

    A tenth of a mile either way is rounding.
    """
    last = col(f"{_LATEST}.PL_DISTANCE")
    apart = (col("PL_DISTANCE") - last).abs().round(1) >= _ROUNDING
    return apart.fill_null(False) | (col("PL_DISTANCE").is_null() != last.is_null())
