import polars as pl

from kith.checks.rule import check
from kith.checks.words import col


@check(
    "1105", table="ChildProtectionPlans", fields="CPPstartDate CINdetails.CINreferralDate", severity="error"
)
def protection_plan_starts_before_its_referral() -> pl.Expr:
    """The child protection plan started before the date of the referral that it belongs to."""
    return col("CPPstartDate") < col("CINdetails.CINreferralDate")


EXAMPLES = """
    CINdetails
    LAchildID | CINdetailsID | CINreferralDate |
    1         | 1            | 2025-05-10      |
    1         | 2            | 2025-09-10      |

    ChildProtectionPlans
    LAchildID | CINdetailsID | CPPstartDate |
    1         | 1            | 2025-05-09   | found
    1         | 1            | 2025-05-10   |
    1         | 2            | 2025-09-09   | found
    1         | 2            |              |
"""
