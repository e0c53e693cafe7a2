import polars as pl

from kith.checks.rule import check
from kith.checks.words import is_known


@check("196", table="OC2", fields="SDQ_REASON")
def sdq_reason_is_not_a_code() -> pl.Expr:
    """The reason for no strengths and difficulties (SDQ) score is not one of the codes SDQ1 to SDQ5."""
    return ~is_known("SDQ_REASON")


EXAMPLES = """
    OC2
    CHILD | SDQ_REASON |
    1     | SDQ5       |
    2     | SDQ6       | found
    3     |            |
"""
