import polars as pl

from kith.checks.rule import check
from kith.checks.words import is_one_of, is_other_than


@check("514", table="AD1", fields="LS_ADOPTR SEX_ADOPTR")
def a_single_adopter_is_a_couple() -> pl.Expr:
    """The adopter is single (L0), but the sex is not that of one person (M1 or F1)."""
    return is_one_of("LS_ADOPTR", "L0") & is_other_than("SEX_ADOPTR", "M1 F1")


EXAMPLES = """
    AD1
    CHILD | LS_ADOPTR | SEX_ADOPTR |
    1     | L0        | MM         | found
    2     | L0        | F1         |
    3     | L11       | MF         |
    4     | L0        |            |
"""
