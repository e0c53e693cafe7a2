import polars as pl

from kith.checks.rule import check
from kith.checks.words import is_one_of


@check("524", table="AD1", fields="LS_ADOPTR SEX_ADOPTR")
def a_same_gender_married_couple_is_not_mm_or_ff() -> pl.Expr:
    """The adopters are a married couple of the same gender (L12), but their sex is not MM or FF."""
    return is_one_of("LS_ADOPTR", "L12") & ~is_one_of("SEX_ADOPTR", "MM FF")


EXAMPLES = """
    AD1
    CHILD | LS_ADOPTR | SEX_ADOPTR |
    1     | L12       | MF         | found
    2     | L12       |            | found
    3     | L12       | FF         |
    4     | L11       | MF         |
"""
