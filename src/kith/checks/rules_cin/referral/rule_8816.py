import polars as pl

from kith.checks.rule import check
from kith.checks.words import blank, col, is_true


@check(
    "8816",
    table="CINdetails",
    fields="CINreferralDate ReferralNFA CINdetails.latest.CINreferralDate",
    severity="error",
)
def open_case_is_not_the_latest() -> pl.Expr:
    """The case is open (no closure date, and not marked as no further action), but a later one follows it."""
    is_open = blank("CINclosureDate") & ~is_true("ReferralNFA")
    return is_open & (col("CINdetails.latest.CINreferralDate") > col("CINreferralDate"))


EXAMPLES = """
    CINdetails
    LAchildID | CINreferralDate | CINclosureDate | ReferralNFA |
    1         | 2025-06-02      |                | false       | found
    1         | 2025-08-02      | 2025-09-02     | false       |
    2         | 2025-06-02      |                | true        |
    2         | 2025-08-02      |                | false       |
    3         | 2025-06-02      | 2025-07-02     | false       |
    3         | 2025-08-02      |                | false       |
    4         |                 |                | false       |
    4         | 2025-08-02      |                | false       |
"""
