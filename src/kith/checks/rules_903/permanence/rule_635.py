import polars as pl

from kith.checks.rule import check
from kith.checks.words import any_given, is_one_of


@check("635", table="PrevPerm", fields="LA_PERM DATE_PERM PREV_PERM")
def details_are_told_of_no_earlier_permanence() -> pl.Expr:
    """The code says that the child had no permanence option before (Z1), but an authority or a date of one is
    filled."""
    return is_one_of("PREV_PERM", "Z1") & any_given("LA_PERM", "DATE_PERM")


EXAMPLES = """
    PrevPerm
    CHILD | PREV_PERM | LA_PERM | DATE_PERM  |
    1     | Z1        |         |            |
    2     | Z1        | 352     |            | found
    3     | Z1        |         | 01/05/2020 | found
    4     | P1        | 352     | 01/05/2020 |
"""
