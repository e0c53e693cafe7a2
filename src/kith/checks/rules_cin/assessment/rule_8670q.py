import polars as pl

from kith.checks.rule import check
from kith.checks.words import YEAR_END, blank, working_days_between


@check(
    "8670Q",
    table="Assessments",
    fields="AssessmentActualStartDate AssessmentAuthorisationDate",
    severity="query",
)
def assessment_is_open_past_its_45_working_days() -> pl.Expr:
    """An assessment began before the last 45 working days of the year and has no authorisation date.

    It has had its 45 working days (England's bank holidays left out). Check whether it was finished.
    """
    had = working_days_between("AssessmentActualStartDate", YEAR_END)
    return blank("AssessmentAuthorisationDate") & (had >= 45)


EXAMPLES = """
    year 2023

    Assessments
    LAchildID | AssessmentActualStartDate | AssessmentAuthorisationDate |
    1         | 2022-10-14                | 2022-12-01                  |
    2         | 2022-10-14                |                             | found
    3         | 2023-01-27                |                             | found
    4         | 2023-01-29                |                             | found
    5         | 2023-01-30                |                             |
    6         |                           |                             |
"""
