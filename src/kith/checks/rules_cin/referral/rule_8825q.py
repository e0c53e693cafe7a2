import polars as pl

from kith.checks.rule import check
from kith.checks.words import col, is_one_of


@check("8825Q", table="CINdetails", fields="ReasonForClosure", severity="query")
def case_closed_after_assessment_has_none() -> pl.Expr:
    """The case was closed after assessment (RC8 or RC9), but no assessment of it is recorded."""
    return is_one_of("ReasonForClosure", "RC8 RC9") & (col("referral.Assessments.count") == 0)


EXAMPLES = """
    CINdetails
    LAchildID | CINdetailsID | ReasonForClosure |
    1         | 1            | RC8              | found
    1         | 2            | RC8              |
    2         | 3            | RC9              | found
    3         | 4            | RC7              |

    Assessments
    LAchildID | CINdetailsID | AssessmentsID |
    1         | 2            | 1             |
    2         | 9            | 2             |
"""
