import polars as pl

from kith.checks.rule import check
from kith.checks.words import unreadable


@check("116", table="PlacedAdoption", fields="DATE_PLACED_CEASED")
def date_of_the_reversal_is_not_a_date() -> pl.Expr:
    """The date of the decision that the child should no longer be placed for adoption is not a real date."""
    return unreadable("DATE_PLACED_CEASED")


EXAMPLES = """
    PlacedAdoption
    CHILD | DATE_PLACED_CEASED |
    1     | 19/02/2026         |
    2     | 38/04/2026         | found
    3     |                    |
"""
