import polars as pl

from kith.checks.rule import check
from kith.checks.words import is_one_of, is_other_than


@check("511", table="AD1", fields="NB_ADOPTR SEX_ADOPTR")
def two_adopters_are_not_a_couple() -> pl.Expr:
    """There are two adopters, but their sex is not that of a couple (MM, FF or MF)."""
    return is_one_of("NB_ADOPTR", "2") & is_other_than("SEX_ADOPTR", "MM FF MF")


EXAMPLES = """
    AD1
    CHILD | NB_ADOPTR | SEX_ADOPTR |
    1     | 2         | M1         | found
    2     | 2         | MF         |
    3     | 1         | M1         |
    4     | 2         |            |
"""
