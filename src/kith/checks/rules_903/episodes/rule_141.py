import polars as pl

from kith.checks.rule import check
from kith.checks.words import col


@check("141", table="Episodes", fields="DECOM")
def the_start_of_an_episode_is_no_date() -> pl.Expr:
    """The date an episode began is blank, or not a date."""
    return col("DECOM").is_null()


EXAMPLES = """
    Episodes
    CHILD | DECOM      |
    1     | 01/05/2026 |
    2     | 31/06/2026 | found
    3     | 01/05/26   | found
    4     |            | found
"""
