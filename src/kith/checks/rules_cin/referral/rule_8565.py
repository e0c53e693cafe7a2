import polars as pl

from kith.checks.facts.cin import found_in_referrals
from kith.checks.rule import check
from kith.checks.views import Views
from kith.checks.words import col

DATES = {
    "Assessments": ("AssessmentActualStartDate", "AssessmentAuthorisationDate"),
    "CINplanDates": ("CINPlanStartDate", "CINPlanEndDate"),
    "Section47": ("S47ActualStartDate", "DateOfInitialCPC"),
    "ChildProtectionPlans": ("CPPstartDate", "CPPendDate"),
}
FIELDS = " ".join(f"{table}.{date}" for table, dates in DATES.items() for date in dates)


@check(
    "8565",
    table="CINdetails",
    fields=f"CINclosureDate DateOfInitialCPC {FIELDS}",
    severity="error",
    note="""The start of a child protection plan counts too, though the DfE's list of fields names only its
        end. A review is not asked about.""",
)
def work_goes_on_after_the_case_is_closed(views: Views) -> pl.DataFrame:
    """The case was closed, yet an assessment, an enquiry, a conference or a plan of it has a later date."""
    has_conference = col("DateOfInitialCPC") > col("CINclosureDate")
    late = {table: _is_after_closure(dates) for table, dates in DATES.items()}
    return found_in_referrals(views, {"CINdetails": has_conference} | late)


def _is_after_closure(dates: tuple[str, ...]) -> pl.Expr:
    return pl.any_horizontal(col(date) > col("CINdetails.CINclosureDate") for date in dates)


EXAMPLES = """
    CINdetails
    LAchildID | CINdetailsID | CINclosureDate | DateOfInitialCPC |
    1         | 1            | 2025-06-01     |                  | found
    1         | 2            |                |                  |
    2         | 1            | 2025-06-01     | 2025-06-02       | found
    3         | 1            | 2025-06-01     | 2025-06-01       |
    4         | 1            | 2025-06-01     |                  | found
    5         | 1            | 2025-06-01     |                  | found
    6         | 1            | 2025-06-01     |                  | found

    Assessments
    LAchildID | CINdetailsID | AssessmentActualStartDate | AssessmentAuthorisationDate |
    1         | 1            | 2025-05-01                | 2025-06-02                  |
    1         | 2            | 2025-09-01                | 2025-10-02                  |
    3         | 1            | 2025-05-01                | 2025-06-01                  |

    CINplanDates
    LAchildID | CINdetailsID | CINPlanStartDate | CINPlanEndDate |
    3         | 1            | 2025-05-01       | 2025-06-01     |
    4         | 1            | 2025-06-02       |                |

    Section47
    LAchildID | CINdetailsID | S47ActualStartDate | DateOfInitialCPC |
    5         | 1            | 2025-05-01         | 2025-06-02       |

    ChildProtectionPlans
    LAchildID | CINdetailsID | CPPstartDate | CPPendDate |
    6         | 1            | 2025-05-01   | 2025-06-02 |
"""
