import polars as pl

from kith.checks.rule import check
from kith.checks.words import col


@check("8630", table="CINdetails", fields="CINreferralDate CINclosureDate", severity="error")
def case_was_closed_before_it_was_referred() -> pl.Expr:
    """The case's closure date is before its referral date."""
    return col("CINclosureDate") < col("CINreferralDate")


EXAMPLES = """
    CINdetails
    LAchildID | CINreferralDate | CINclosureDate |
    1         | 2025-06-02      | 2025-06-01     | found
    2         | 2025-06-02      | 2025-06-02     |
    3         |                 | 2025-06-02     |
    4         | 2025-06-02      |                |
"""
