import polars as pl

from kith.checks.rule import check
from kith.checks.words import unreadable


@check("113", table="AD1", fields="DATE_MATCH")
def date_of_the_match_is_not_a_date() -> pl.Expr:
    """The date on which child and adopters were matched (DATE_MATCH) is not a real date."""
    return unreadable("DATE_MATCH")


EXAMPLES = """
    AD1
    CHILD | DATE_MATCH |
    1     | 28/02/2026 |
    2     | 30/02/2026 | found
    3     |            |
"""
