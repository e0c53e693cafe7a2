import polars as pl

from kith.checks.rule import check
from kith.checks.words import is_one_of


@check("517", table="AD1", fields="LS_ADOPTR SEX_ADOPTR")
def a_different_gender_unmarried_couple_is_not_mf() -> pl.Expr:
    """The adopters are an unmarried couple of different genders (L3), but their sex is not MF."""
    return is_one_of("LS_ADOPTR", "L3") & ~is_one_of("SEX_ADOPTR", "MF")


EXAMPLES = """
    AD1
    CHILD | LS_ADOPTR | SEX_ADOPTR |
    1     | L3        | FF         | found
    2     | L3        |            | found
    3     | L3        | MF         |
    4     | L4        | FF         |
"""
