import polars as pl

from kith.checks.rule import check
from kith.checks.words import col


@check("2889", table="Section47", fields="S47ActualStartDate CINdetails.CINreferralDate", severity="error")
def enquiry_starts_before_its_referral() -> pl.Expr:
    """The section 47 enquiry started before the date of the referral that it belongs to."""
    return col("S47ActualStartDate") < col("CINdetails.CINreferralDate")


EXAMPLES = """
    CINdetails
    LAchildID | CINdetailsID | CINreferralDate |
    1         | 1            | 2025-05-10      |

    Section47
    LAchildID | CINdetailsID | S47ActualStartDate |
    1         | 1            | 2025-05-09         | found
    1         | 1            | 2025-05-10         |
    1         | 1            |                    |
"""
