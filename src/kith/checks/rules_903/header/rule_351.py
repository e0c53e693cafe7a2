import polars as pl

from kith.checks.rule import check
from kith.checks.words import YEAR_START, birthday


@check("351", table="Header", fields="DOB")
def over_25_when_the_year_began() -> pl.Expr:
    """The young person's 25th birthday was before the year began: too old for the return."""
    return birthday("DOB", 25) < YEAR_START


EXAMPLES = """
    Header
    CHILD | DOB        |
    1     | 31/03/2001 | found
    2     | 01/04/2001 |
    3     |            |
"""
