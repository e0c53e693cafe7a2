import polars as pl

from kith.checks.rule import check
from kith.checks.words import col, unreadable


@check("180", table="OC2", fields="SDQ_SCORE")
def sdq_score_is_not_a_score() -> pl.Expr:
    """The strengths and difficulties (SDQ) score is not a whole number from 0 to 40."""
    return unreadable("SDQ_SCORE") | (col("SDQ_SCORE") < 0) | (col("SDQ_SCORE") > 40)


EXAMPLES = """
    OC2
    CHILD | SDQ_SCORE |
    1     | 0         |
    2     | 40        |
    3     | 41        | found
    4     | -1        | found
    5     | TEN       | found
    6     |           |
"""
