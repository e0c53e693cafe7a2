import polars as pl

from kith.checks.rule import check
from kith.checks.words import blank, is_known


@check("101", table="Header", fields="SEX")
def sex_is_not_a_code() -> pl.Expr:
    """The child's sex is blank, or not one of the year's codes (M, F, U; 1 and 2 until 2023-24)."""
    return blank("SEX") | ~is_known("SEX")


EXAMPLES = """
    Header
    CHILD | SEX |
    1     | M   |
    2     | U   |
    3     | 1   | found
    4     |     | found
"""
