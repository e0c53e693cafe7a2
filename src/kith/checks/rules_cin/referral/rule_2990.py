import polars as pl

from kith.checks.facts.cin import found_in_referrals
from kith.checks.rule import check
from kith.checks.views import Views
from kith.checks.words import given, is_one_of

MODULES = ("CINplanDates", "Section47", "ChildProtectionPlans")


@check(
    "2990",
    table="CINdetails",
    fields="""ReasonForClosure DateOfInitialCPC CINplanDates.CINPlanStartDate Section47.S47ActualStartDate
        ChildProtectionPlans.CPPstartDate""",
    severity="error",
)
def work_goes_on_in_a_case_closed_after_assessment(views: Views) -> pl.DataFrame:
    """The case was closed after assessment (RC8 or RC9), yet its referral has more than the assessment.

    That is a child in need plan, a section 47 enquiry, an initial conference or a child protection plan.
    """
    has_conference = is_one_of("ReasonForClosure", "RC8 RC9") & given("DateOfInitialCPC")
    was_closed = is_one_of("CINdetails.ReasonForClosure", "RC8 RC9")
    return found_in_referrals(views, {"CINdetails": has_conference} | dict.fromkeys(MODULES, was_closed))


EXAMPLES = """
    CINdetails
    LAchildID | CINdetailsID | ReasonForClosure | DateOfInitialCPC |
    1         | 1            | RC8              |                  | found
    1         | 2            | RC7              | 2025-05-01       |
    2         | 1            | RC9              |                  | found
    3         | 1            | RC9              |                  | found
    4         | 1            | RC8              | 2025-05-01       | found
    5         | 1            | RC8              |                  |

    CINplanDates
    LAchildID | CINdetailsID | CINPlanStartDate |
    1         | 1            | 2025-05-01       |
    1         | 2            | 2025-05-01       |

    Section47
    LAchildID | CINdetailsID | S47ActualStartDate |
    2         | 1            | 2025-05-01         |

    ChildProtectionPlans
    LAchildID | CINdetailsID | CPPstartDate |
    3         | 1            | 2025-05-01   |
"""
