import polars as pl

from kith.checks.rule import check
from kith.checks.words import is_known


@check("1009", table="Episodes", fields="REASON_PLACE_CHANGE")
def reason_for_the_move_is_not_a_code() -> pl.Expr:
    """The reason for the change of placement is not one of the year's codes."""
    return ~is_known("REASON_PLACE_CHANGE")


EXAMPLES = """
    Episodes
    CHILD | REASON_PLACE_CHANGE |
    1     | CARPL               |
    2     | OTHER               |
    3     | MOVED               | found
    4     |                     |
"""
