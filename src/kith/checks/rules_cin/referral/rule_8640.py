import polars as pl

from kith.checks.rule import check
from kith.checks.words import is_known


@check("8640", table="CINdetails", fields="ReasonForClosure", severity="error")
def reason_for_closure_is_not_a_code() -> pl.Expr:
    """The reason for closure is not one of the year's codes (RC1 to RC9)."""
    return ~is_known("ReasonForClosure")


EXAMPLES = """
    CINdetails
    LAchildID | ReasonForClosure |
    1         | RC1              |
    2         | RC9              |
    3         | RC10             | found
    4         | 1                | found
    5         |                  |
"""
