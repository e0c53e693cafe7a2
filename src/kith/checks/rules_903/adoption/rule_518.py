import polars as pl

from kith.checks.rule import check
from kith.checks.words import is_one_of


@check("518", table="AD1", fields="LS_ADOPTR SEX_ADOPTR")
def a_same_gender_unmarried_couple_is_not_mm_or_ff() -> pl.Expr:
    """The adopters are a couple of the same gender, neither married nor civil partners (L4), but their sex is not
    MM or FF."""
    return is_one_of("LS_ADOPTR", "L4") & ~is_one_of("SEX_ADOPTR", "MM FF")


EXAMPLES = """
    AD1
    CHILD | LS_ADOPTR | SEX_ADOPTR |
    1     | L4        | MF         | found
    2     | L4        |            | found
    3     | L4        | MM         |
    4     | L3        | MF         |
"""
