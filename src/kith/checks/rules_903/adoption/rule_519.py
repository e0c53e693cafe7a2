import polars as pl

from kith.checks.rule import check
from kith.checks.words import is_one_of


@check("519", table="AD1", fields="LS_ADOPTR SEX_ADOPTR")
def civil_partners_are_not_a_couple() -> pl.Expr:
    """The adopters are civil partners (L2), but their sex is not that of a couple (MM, FF or MF)."""
    return is_one_of("LS_ADOPTR", "L2") & ~is_one_of("SEX_ADOPTR", "MM FF MF")


EXAMPLES = """
    AD1
    CHILD | LS_ADOPTR | SEX_ADOPTR |
    1     | L2        | M1         | found
    2     | L2        |            | found
    3     | L2        | MF         |
    4     | L0        | M1         |
"""
