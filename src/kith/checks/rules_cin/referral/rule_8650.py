import polars as pl

from kith.checks.rule import check
from kith.checks.words import is_known


@check("8650", table="CINdetails", fields="PrimaryNeedCode", severity="error")
def need_is_not_a_code() -> pl.Expr:
    """The child's primary need is not one of the year's codes (N1 to N9, N0)."""
    return ~is_known("PrimaryNeedCode")


EXAMPLES = """
    CINdetails
    LAchildID | PrimaryNeedCode |
    1         | N1              |
    2         | N9              |
    3         | N0              |
    4         | N10             | found
    5         | 1               | found
    6         |                 |
"""
