import polars as pl

from kith.checks.rule import check
from kith.checks.words import is_known


@check("176", table="AD1", fields="SEX_ADOPTR")
def sex_of_the_adopters_is_not_a_code() -> pl.Expr:
    """The sex of the adopters is not one of the codes M1, F1, MM, FF or MF."""
    return ~is_known("SEX_ADOPTR")


EXAMPLES = """
    AD1
    CHILD | SEX_ADOPTR |
    1     | MF         |
    2     | FM         | found
    3     |            |
"""
