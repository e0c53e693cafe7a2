import polars as pl

from kith.checks.rule import check
from kith.checks.words import col


@check("8590", table="Children", fields="LAchildID", severity="error")
def child_has_no_referral() -> pl.Expr:
    """The child has no episode of need (no CINdetails) in this return."""
    return col("CINdetails.count") == 0


EXAMPLES = """
    Children
    LAchildID |
    1         |
    2         | found

    CINdetails
    LAchildID | CINdetailsID |
    1         | 1            |
"""
