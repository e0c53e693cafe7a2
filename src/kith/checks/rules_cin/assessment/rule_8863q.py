import polars as pl

from kith.checks.overlaps import begun_while_another_ran, runs_to
from kith.checks.rule import check
from kith.checks.views import Views


@check(
    "8863Q",
    table="Assessments",
    fields="AssessmentActualStartDate before.AssessmentActualStartDate before.AssessmentAuthorisationDate",
    severity="query",
)
def assessment_began_while_another_was_open(views: Views) -> pl.DataFrame:
    """An assessment began on or before the day an earlier one of the same referral was authorised.

    Two assessments of one referral should not run side by side; one with no authorisation date is open still.
    """
    until = runs_to("AssessmentActualStartDate", "AssessmentAuthorisationDate")
    return begun_while_another_ran(
        views, "Assessments", "AssessmentActualStartDate", until, of_the_same="referral"
    )


EXAMPLES = """
    Assessments
    LAchildID | CINdetailsID | AssessmentActualStartDate | AssessmentAuthorisationDate |
    1         | 1            | 2025-05-26                | 2025-07-01                  |
    1         | 1            | 2025-06-10                |                             | found
    2         | 2            | 2025-05-26                | 2025-07-01                  |
    2         | 2            | 2025-07-02                | 2025-08-01                  |
    3         | 3            | 2025-09-01                | 2025-10-01                  | found
    3         | 3            | 2025-08-01                |                             |
    4         | 4            | 2025-05-26                |                             |
    4         | 5            | 2025-09-01                |                             |
    6         | 6            | 2025-05-26                | 2025-12-01                  |
    6         | 6            | 2025-06-01                | 2025-06-10                  | found
    6         | 6            | 2025-11-01                | 2025-11-20                  | found
"""
