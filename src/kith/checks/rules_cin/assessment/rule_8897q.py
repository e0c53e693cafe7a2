import polars as pl

from kith.checks.rule import check
from kith.checks.words import col, given


@check(
    "8897Q",
    table="Assessments",
    fields="AssessmentAuthorisationDate AssessmentFactors",
    severity="query",
    note="An open tool fails where a factor is no known code. We follow the DfE's text.",
)
def finished_assessment_has_no_factors() -> pl.Expr:
    """The assessment has an authorisation date, but no factor is recorded (21 where none was identified)."""
    return given("AssessmentAuthorisationDate") & (col("factors").list.len() == 0)


EXAMPLES = """
    Assessments
    LAchildID | CINdetailsID | AssessmentsID | AssessmentAuthorisationDate |
    1         | 1            | 1             | 2025-06-01                  |
    1         | 1            | 2             | 2025-08-01                  | found
    2         | 2            | 3             |                             |

    AssessmentFactors
    LAchildID | CINdetailsID | AssessmentsID | AssessmentFactor |
    1         | 1            | 1             | 21               |
"""
