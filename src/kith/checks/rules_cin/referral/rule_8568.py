import polars as pl

from kith.checks.rule import check
from kith.checks.words import is_false, is_true


@check("8568", table="CINdetails", fields="ReferralNFA", severity="error")
def no_further_action_is_not_told() -> pl.Expr:
    """Whether the referral led to no further action is blank, or is not true or false (1 or 0)."""
    return ~(is_true("ReferralNFA") | is_false("ReferralNFA"))


EXAMPLES = """
    CINdetails
    LAchildID | CINdetailsID | ReferralNFA |
    1         | 1            | true        |
    2         | 1            | 0           |
    3         | 1            |             | found
    4         | 1            | yes         | found
"""
