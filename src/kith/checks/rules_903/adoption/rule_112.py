import polars as pl

from kith.checks.rule import check
from kith.checks.words import unreadable


@check("112", table="AD1", fields="DATE_INT")
def date_should_be_placed_is_not_a_date() -> pl.Expr:
    """The date of the decision that adoption is best for the child (DATE_INT) is not a real date."""
    return unreadable("DATE_INT")


EXAMPLES = """
    AD1
    CHILD | DATE_INT   |
    1     | 28/02/2026 |
    2     | 30/02/2026 | found
    3     | 2026       | found
    4     |            |
"""
