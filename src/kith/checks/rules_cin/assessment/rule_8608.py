import polars as pl

from kith.checks.rule import check
from kith.checks.words import col


@check(
    "8608",
    table="Assessments",
    fields="AssessmentActualStartDate AssessmentAuthorisationDate",
    severity="error",
)
def assessment_ends_before_it_starts() -> pl.Expr:
    """The assessment was authorised (finished) before the day it started."""
    return col("AssessmentActualStartDate") > col("AssessmentAuthorisationDate")


EXAMPLES = """
    Assessments
    LAchildID | AssessmentActualStartDate | AssessmentAuthorisationDate |
    1         | 2025-05-10                | 2025-05-09                  | found
    2         | 2025-05-10                | 2025-05-10                  |
    3         | 2025-05-10                |                             |
"""
