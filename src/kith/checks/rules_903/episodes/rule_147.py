import polars as pl

from kith.checks.rule import check
from kith.checks.words import unreadable


@check("147", table="Episodes", fields="DEC")
def the_end_of_an_episode_is_no_date() -> pl.Expr:
    """The date an episode ended is filled with something that is not a date."""
    return unreadable("DEC")


EXAMPLES = """
    Episodes
    CHILD | DEC        |
    1     | 01/05/2026 |
    2     |            |
    3     | 29/02/2026 | found
    4     | open       | found
"""
