from datetime import date

import polars as pl

from kith.checks.rule import check
from kith.checks.words import blank, col, is_known

FIRST_ASKED = date(2013, 4, 1)


@check(
    "8866",
    table="CINdetails",
    fields="CINreferralDate ReferralSource",
    severity="error",
    note="The source is asked of referrals from 1 April 2013: the DfE's figures by source begin with 2013-14.",
)
def source_of_referral_is_not_a_code() -> pl.Expr:
    """The source of the referral is blank, or not one of the year's codes (1A to 10)."""
    is_no_code = blank("ReferralSource") | ~is_known("ReferralSource")
    return (col("CINreferralDate") >= FIRST_ASKED) & is_no_code


EXAMPLES = """
    CINdetails
    LAchildID | CINreferralDate | ReferralSource |
    1         | 2025-06-02      | 1A             |
    2         | 2025-06-02      | 10             |
    3         | 2025-06-02      |                | found
    4         | 2025-06-02      | 1E             | found
    5         | 2013-04-01      |                | found
    6         | 2013-03-31      |                |
"""
