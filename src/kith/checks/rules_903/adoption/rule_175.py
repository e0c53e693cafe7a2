import polars as pl

from kith.checks.rule import check
from kith.checks.words import is_known


@check("175", table="AD1", fields="NB_ADOPTR")
def number_of_adopters_is_not_a_code() -> pl.Expr:
    """The number of adopters is filled with something other than 1 or 2."""
    return ~is_known("NB_ADOPTR")


EXAMPLES = """
    AD1
    CHILD | NB_ADOPTR |
    1     | 1         |
    2     | 2         |
    3     | 0         | found
    4     | TWO       | found
    5     |           |
"""
