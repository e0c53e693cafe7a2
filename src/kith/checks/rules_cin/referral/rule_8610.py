import polars as pl

from kith.checks.rule import check
from kith.checks.words import blank, is_false


@check("8610", table="CINdetails", fields="ReferralNFA PrimaryNeedCode", severity="error")
def primary_need_is_missing() -> pl.Expr:
    """The referral led to further action, but has no primary need code."""
    return is_false("ReferralNFA") & blank("PrimaryNeedCode")


EXAMPLES = """
    CINdetails
    LAchildID | CINdetailsID | ReferralNFA | PrimaryNeedCode |
    1         | 1            | false       |                 | found
    2         | 1            | 0           |                 | found
    3         | 1            | false       | N1              |
    4         | 1            | true        |                 |
    5         | 1            |             |                 |
"""
