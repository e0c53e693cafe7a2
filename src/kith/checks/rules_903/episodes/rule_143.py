import polars as pl

from kith.checks.rule import check
from kith.checks.words import blank, given, is_known


@check("143", table="Episodes", fields="RNE")
def the_reason_for_a_new_episode_is_not_a_code() -> pl.Expr:
    """The reason for a new episode is not one of the year's codes (S, L, P, T, B, U), or an episode that has
    a start date has none."""
    return ~is_known("RNE") | (given("DECOM") & blank("RNE"))


EXAMPLES = """
    Episodes
    CHILD | DECOM      | RNE |
    1     | 01/05/2026 | S   |
    2     | 01/05/2026 | X1  | found
    3     | 01/05/2026 |     | found
    4     | 01/05/2026 | u   |
    5     |            |     |
"""
