import polars as pl

from kith.checks.rule import check
from kith.checks.words import col


@check(
    "1103",
    table="Assessments",
    fields="AssessmentActualStartDate CINdetails.CINreferralDate",
    severity="error",
)
def assessment_starts_before_its_referral() -> pl.Expr:
    """The assessment started before the date of the referral that it belongs to."""
    return col("AssessmentActualStartDate") < col("CINdetails.CINreferralDate")


EXAMPLES = """
    CINdetails
    LAchildID | CINdetailsID | CINreferralDate |
    1         | 1            | 2025-05-10      |
    1         | 2            | 2025-09-10      |

    Assessments
    LAchildID | CINdetailsID | AssessmentActualStartDate |
    1         | 1            | 2025-05-09                | found
    1         | 1            | 2025-05-10                |
    1         | 2            | 2025-09-09                | found
    1         | 2            |                           |
    2         | 1            | 2025-05-09                |
"""
