import polars as pl

from kith.checks.rule import check
from kith.checks.words import any_given, blank, is_known


@check("631", table="PrevPerm", fields="PREV_PERM")
def the_earlier_permanence_option_is_not_a_code() -> pl.Expr:
    """The permanence option a child had before is not one of P1 to P4 or Z1, or it is blank where an authority
    or a date of one is filled."""
    return ~is_known("PREV_PERM") | (blank("PREV_PERM") & any_given("LA_PERM", "DATE_PERM"))


EXAMPLES = """
    PrevPerm
    CHILD | PREV_PERM | LA_PERM | DATE_PERM  |
    1     | P1        | 352     | 01/05/2020 |
    2     | Z1        |         |            |
    3     | P0        | 352     | 01/05/2020 | found
    4     |           | 352     |            | found
    5     |           |         | 01/05/2020 | found
    6     |           |         |            |
"""
