import polars as pl

from kith.checks.rule import check
from kith.checks.words import unreadable


@check("115", table="PlacedAdoption", fields="DATE_PLACED")
def date_of_the_decision_to_place_is_not_a_date() -> pl.Expr:
    """The date of the decision that the child should be placed for adoption is not a real date."""
    return unreadable("DATE_PLACED")


EXAMPLES = """
    PlacedAdoption
    CHILD | DATE_PLACED |
    1     | 19/02/2026  |
    2     | 38/04/2026  | found
    3     | 01/01/26    | found
    4     |             |
"""
