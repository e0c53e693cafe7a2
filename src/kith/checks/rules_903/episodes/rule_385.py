import polars as pl

from kith.checks.rule import check
from kith.checks.words import YEAR_END, col


@check("385", table="Episodes", fields="DEC")
def an_episode_ended_after_the_year() -> pl.Expr:
    """An episode ended after 31 March, the last day of the collection year."""
    return col("DEC") > YEAR_END


EXAMPLES = """
    Episodes
    CHILD | DEC        |
    1     | 31/03/2027 |
    2     | 01/04/2027 | found
    3     |            |
"""
