import polars as pl

from kith.checks.rule import check
from kith.checks.words import blank, is_in_the_year


@check(
    "8736",
    table="Assessments",
    fields="AssessmentAuthorisationDate AssessmentActualStartDate",
    severity="error",
)
def open_assessment_began_outside_the_year() -> pl.Expr:
    """An assessment with no authorisation date began before 1 April or after 31 March of the census year."""
    return blank("AssessmentAuthorisationDate") & ~is_in_the_year("AssessmentActualStartDate")


EXAMPLES = """
    Assessments
    LAchildID | AssessmentActualStartDate | AssessmentAuthorisationDate |
    1         | 2025-03-31                |                             | found
    2         | 2025-03-31                | 2025-05-01                  |
    3         | 2025-04-01                |                             |
    4         | 2026-04-01                |                             | found
    5         |                           |                             |
"""
