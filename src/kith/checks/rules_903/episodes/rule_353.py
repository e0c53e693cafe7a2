from datetime import date

import polars as pl

from kith.checks.rule import check
from kith.checks.words import col


@check("353", table="Episodes", fields="DECOM")
def an_episode_began_before_the_children_act() -> pl.Expr:
    """An episode began before 14 October 1991, the day the Children Act 1989 came into force."""
    return col("DECOM") < date(1991, 10, 14)


EXAMPLES = """
    Episodes
    CHILD | DECOM      |
    1     | 13/10/1991 | found
    2     | 14/10/1991 |
    3     |            |
"""
