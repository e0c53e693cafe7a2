import polars as pl

from kith.checks.rule import check
from kith.checks.words import blank, given


@check(
    "8867",
    table="Assessments",
    fields="AssessmentAuthorisationDate CINdetails.CINclosureDate",
    severity="error",
)
def case_is_closed_with_an_open_assessment() -> pl.Expr:
    """The case has a closure date, but this assessment of it has no authorisation date."""
    return given("CINdetails.CINclosureDate") & blank("AssessmentAuthorisationDate")


EXAMPLES = """
    CINdetails
    LAchildID | CINdetailsID | CINclosureDate |
    1         | 1            | 2025-07-01     |
    1         | 2            |                |
    2         | 3            | 2025-07-01     |

    Assessments
    LAchildID | CINdetailsID | AssessmentsID | AssessmentAuthorisationDate |
    1         | 1            | 1             |                             | found
    1         | 1            | 2             | 2025-06-01                  |
    1         | 2            | 3             |                             |
    2         | 3            | 4             | 2025-06-01                  |
"""
