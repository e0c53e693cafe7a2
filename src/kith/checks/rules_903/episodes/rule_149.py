import polars as pl

from kith.checks.rule import check
from kith.checks.words import is_known


@check("149", table="Episodes", fields="REC")
def the_reason_for_ending_is_not_a_code() -> pl.Expr:
    """The reason an episode ended is filled, but not with one of the year's codes."""
    return ~is_known("REC")


EXAMPLES = """
    Episodes
    CHILD | REC |
    1     | X1  |
    2     | e4a |
    3     |     |
    4     | E4  | found
    5     | X2  | found
"""
