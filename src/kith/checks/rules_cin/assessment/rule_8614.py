import polars as pl

from kith.checks.rule import check
from kith.checks.words import blank, col


@check(
    "8614",
    table="Assessments",
    fields="AssessmentAuthorisationDate AssessmentFactors",
    severity="error",
    note="An open tool fails where it should report this. We follow the DfE's text.",
)
def factors_are_given_before_the_assessment_was_finished() -> pl.Expr:
    """Factors are recorded for an assessment that has no authorisation date: they belong to a finished one."""
    return blank("AssessmentAuthorisationDate") & (col("factors").list.len() > 0)


EXAMPLES = """
    Assessments
    LAchildID | CINdetailsID | AssessmentsID | AssessmentAuthorisationDate |
    1         | 1            | 1             |                             | found
    1         | 1            | 2             | 2025-06-02                  |
    2         | 2            | 3             |                             |

    AssessmentFactors
    LAchildID | CINdetailsID | AssessmentsID | AssessmentFactor |
    1         | 1            | 1             | 2B               |
    1         | 1            | 1             | 4B               |
    1         | 1            | 2             | 2B               |
"""
