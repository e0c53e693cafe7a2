import polars as pl

from kith.checks.rule import check
from kith.checks.words import given


@check("197a", table="OC2", fields="SDQ_SCORE SDQ_REASON")
def an_sdq_score_and_a_reason_for_none() -> pl.Expr:
    """There is a strengths and difficulties (SDQ) score, and also a reason for having none."""
    return given("SDQ_SCORE", "SDQ_REASON")


EXAMPLES = """
    OC2
    CHILD | SDQ_SCORE | SDQ_REASON |
    1     | 0         | SDQ2       | found
    2     | 10        |            |
    3     |           | SDQ2       |
    4     |           |            |
"""
