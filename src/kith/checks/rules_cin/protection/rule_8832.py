import polars as pl

from kith.checks.rule import check
from kith.checks.words import is_true


@check(
    "8832",
    table="ChildProtectionPlans",
    fields="CINdetailsID CINdetails.ReferralNFA",
    severity="error",
)
def plan_of_a_referral_with_no_further_action() -> pl.Expr:
    """A child protection plan is recorded for a referral that is marked as no further action."""
    return is_true("CINdetails.ReferralNFA")


EXAMPLES = """
    CINdetails
    LAchildID | CINdetailsID | ReferralNFA |
    1         | 1            | true        |
    1         | 2            | false       |

    ChildProtectionPlans
    LAchildID | CINdetailsID | CPPID |
    1         | 1            | 1     | found
    1         | 2            | 2     |
"""
