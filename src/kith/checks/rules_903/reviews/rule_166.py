import polars as pl

from kith.checks.rule import check
from kith.checks.words import col


@check("166", table="Reviews", fields="REVIEW")
def the_day_of_a_review_is_no_date() -> pl.Expr:
    """The date of a review is blank, or not a date."""
    return col("REVIEW").is_null()


EXAMPLES = """
    Reviews
    CHILD | REVIEW     |
    1     | 01/05/2026 |
    2     | 31/06/2026 | found
    3     |            | found
"""
