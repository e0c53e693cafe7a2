import polars as pl

from kith.checks.rule import check
from kith.checks.words import YEAR_START, birthday, col


@check(
    "620",
    table="Header",
    fields="DOB MOTHER",
    note="The DfE's sentence does not say on which day; the year's first is taken, as its other rules on age do.",
)
def a_mother_is_under_eleven() -> pl.Expr:
    """The young person is a mother, but was not yet 11 when the year began."""
    return (col("MOTHER") == 1) & (birthday("DOB", 11) > YEAR_START)


EXAMPLES = """
    Header
    CHILD | DOB        | MOTHER |
    1     | 02/04/2015 | 1      | found
    2     | 01/04/2015 | 1      |
    3     | 02/04/2015 | 0      |
    4     |            | 1      |
"""
