import polars as pl

from kith.checks.rule import check
from kith.checks.words import is_true


@check("4000", table="CINplanDates", fields="CINdetails.ReferralNFA", severity="error")
def plan_follows_no_further_action() -> pl.Expr:
    """A child in need plan belongs to a referral that is marked as leading to no further action."""
    return is_true("CINdetails.ReferralNFA")


EXAMPLES = """
    CINdetails
    LAchildID | CINdetailsID | ReferralNFA |
    1         | 1            | true        |
    1         | 2            | false       |
    2         | 1            |             |

    CINplanDates
    LAchildID | CINdetailsID | CINPlanStartDate |
    1         | 1            | 2025-05-01       | found
    1         | 2            | 2025-05-01       |
    2         | 1            | 2025-05-01       |
"""
