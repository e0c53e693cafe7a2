import polars as pl

from kith.checks.rule import check
from kith.checks.words import is_known


@check("177", table="AD1", fields="LS_ADOPTR")
def legal_status_of_the_adopters_is_not_a_code() -> pl.Expr:
    """The legal status of the adopters is not one of the codes L0, L11, L12, L2, L3 or L4."""
    return ~is_known("LS_ADOPTR")


EXAMPLES = """
    AD1
    CHILD | LS_ADOPTR |
    1     | L11       |
    2     | L1        | found
    3     |           |
"""
