import polars as pl

from kith.checks.rule import check
from kith.checks.words import YEAR_START, age_on, any_given


@check("189", table="OC2", fields="DOB SDQ_SCORE SDQ_REASON")
def sdq_is_told_of_a_young_person_of_seventeen() -> pl.Expr:
    """A strengths and difficulties (SDQ) score, or a reason for having none, is given for a young person who was
    17 or over when the year began."""
    return (age_on("DOB", YEAR_START) >= 17) & any_given("SDQ_SCORE", "SDQ_REASON")


EXAMPLES = """
    OC2
    CHILD | DOB        | SDQ_SCORE | SDQ_REASON |
    1     | 01/04/2009 | 10        |            | found
    2     | 01/04/2009 |           | SDQ1       | found
    3     | 02/04/2009 | 10        |            |
    4     | 01/04/2009 |           |            |
"""
