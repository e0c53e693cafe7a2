import polars as pl

from kith.checks.rule import check
from kith.checks.words import YEAR_END, age_on, given


@check("542", table="OC2", fields="DOB CONVICTED")
def convictions_are_told_of_a_child_under_ten() -> pl.Expr:
    """Convictions are filled for a child who is under 10 when the year ends."""
    return (age_on("DOB", YEAR_END) < 10) & given("CONVICTED")


EXAMPLES = """
    OC2
    CHILD | DOB        | CONVICTED |
    1     | 01/04/2017 | 0         | found
    2     | 31/03/2017 | 0         |
    3     | 01/04/2017 |           |
    4     |            | 1         |
"""
