import polars as pl

from kith.checks.rule import check
from kith.checks.words import col, is_one_of


@check("392d", table="Episodes", fields="HOME_POST PL_POST PLACE")
def child_is_placed_at_home_but_not_with_parents() -> pl.Expr:
    """The postcodes of home and placement are the same, but the placement is not with parents (P1)."""
    is_at_home = col("HOME_POST.bare") == col("PL_POST.bare")
    return is_at_home & ~is_one_of("PLACE", "P1")


EXAMPLES = """
    Episodes
    CHILD | HOME_POST | PL_POST | PLACE |
    1     | LS1 4DY   | LS14DY  | U4    | found
    2     | LS1 4DY   | LS1 4DY | P1    |
    3     | LS1 4DY   | LS1 3EX | U4    |
    4     |           |         | U4    |
"""
