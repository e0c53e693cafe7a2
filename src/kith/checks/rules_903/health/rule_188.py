import polars as pl

from kith.checks.rule import check
from kith.checks.words import YEAR_END, age_on, any_given


@check("188", table="OC2", fields="SDQ_SCORE SDQ_REASON")
def sdq_is_told_of_a_child_under_four() -> pl.Expr:
    """A strengths and difficulties (SDQ) score, or a reason for having none, is given for a child who is under 4
    when the year ends."""
    return (age_on("DOB", YEAR_END) < 4) & any_given("SDQ_SCORE", "SDQ_REASON")


EXAMPLES = """
    OC2
    CHILD | DOB        | SDQ_SCORE | SDQ_REASON |
    1     | 01/04/2023 | 10        |            | found
    2     | 01/04/2023 |           | SDQ1       | found
    3     | 31/03/2023 | 10        |            |
    4     | 01/04/2023 |           |            |
    5     |            | 10        |            |
"""
