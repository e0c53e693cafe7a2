import polars as pl

from kith.checks.rule import check
from kith.checks.words import col


@check(
    "1104",
    table="Section47",
    fields="DateOfInitialCPC CINdetails.CINreferralDate",
    severity="error",
    note="Asked of the conference of a section 47 enquiry, the module that the DfE names.",
)
def conference_is_before_the_referral() -> pl.Expr:
    """The initial child protection conference of the enquiry was before the date of its referral."""
    return col("DateOfInitialCPC") < col("CINdetails.CINreferralDate")


EXAMPLES = """
    CINdetails
    LAchildID | CINdetailsID | CINreferralDate |
    1         | 1            | 2025-05-10      |
    1         | 2            | 2025-09-10      |

    Section47
    LAchildID | CINdetailsID | DateOfInitialCPC |
    1         | 1            | 2025-05-09       | found
    1         | 1            | 2025-05-10       |
    1         | 2            | 2025-09-09       | found
    1         | 2            |                  |
"""
