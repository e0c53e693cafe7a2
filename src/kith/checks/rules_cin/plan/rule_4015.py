import polars as pl

from kith.checks.rule import check
from kith.checks.words import col


@check("4015", table="CINplanDates", fields="CINPlanStartDate CINdetails.CINreferralDate", severity="error")
def plan_starts_before_its_referral() -> pl.Expr:
    """The child in need plan started before the date of the referral that it belongs to."""
    return col("CINPlanStartDate") < col("CINdetails.CINreferralDate")


EXAMPLES = """
    CINdetails
    LAchildID | CINdetailsID | CINreferralDate |
    1         | 1            | 2025-05-10      |

    CINplanDates
    LAchildID | CINdetailsID | CINPlanStartDate |
    1         | 1            | 2025-05-09       | found
    1         | 1            | 2025-05-10       |
    1         | 1            |                  |
"""
