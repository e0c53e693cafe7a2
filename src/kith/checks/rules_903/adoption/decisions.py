"""What several adoption rules ask of the decisions that a child should be placed for adoption."""

import polars as pl

from kith.checks.words import blank, col


def comes_too_late_for_the_episode() -> pl.Expr:
    """The decision was made after the episode began, and no other one stood on that day.

    For rules on "Episodes+PlacedAdoption". A decision stands until the day it is reversed.
    """
    made, reversed_ = col("other.DATE_PLACED"), col("other.DATE_PLACED_CEASED")
    stood = (made <= col("DECOM")) & (blank("other.DATE_PLACED_CEASED") | (reversed_ >= col("DECOM")))
    return (made > col("DECOM")) & ~stood.any().over("row")


def has_another_date_than_last_year() -> pl.Expr:
    """The decision's date is not last year's, and no other one of this year has last year's date.

    For rules on "PlacedAdoption+LastYear.PlacedAdoption".
    """
    is_the_same = col("DATE_PLACED") == col("other.DATE_PLACED")
    return ~is_the_same & ~is_the_same.any().over("other.row")
