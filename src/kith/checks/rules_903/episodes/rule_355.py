import polars as pl

from kith.checks.rule import check
from kith.checks.words import col


@check("355", table="Episodes", fields="DECOM DEC")
def an_episode_ended_the_day_it_began() -> pl.Expr:
    """An episode began and ended on the same day. A placement of less than 24 hours is no episode of its own."""
    return col("DECOM") == col("DEC")


EXAMPLES = """
    Episodes
    CHILD | DECOM      | DEC        |
    1     | 01/05/2026 | 01/05/2026 | found
    2     | 01/05/2026 | 02/05/2026 |
    3     | 01/05/2026 |            |
"""
