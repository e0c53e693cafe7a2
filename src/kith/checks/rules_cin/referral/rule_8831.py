import polars as pl

from kith.checks.facts.cin import found_in_referrals
from kith.checks.rule import check
from kith.checks.views import Views
from kith.checks.words import any_given, is_true


@check(
    "8831",
    table="CINdetails",
    fields="ReferralNFA DateOfInitialCPC Assessments.AssessmentActualStartDate"
    " Assessments.AssessmentAuthorisationDate Section47.S47ActualStartDate Section47.DateOfInitialCPC",
    severity="error",
)
def no_further_action_was_followed_by_some(views: Views) -> pl.DataFrame:
    """The referral is marked as no further action, but an assessment, a section 47 enquiry or an initial
    conference is recorded for it."""
    marked = is_true("ReferralNFA")
    of_it = is_true("CINdetails.ReferralNFA")
    return found_in_referrals(
        views,
        {
            "CINdetails": marked & any_given("DateOfInitialCPC"),
            "Assessments": of_it & any_given("AssessmentActualStartDate", "AssessmentAuthorisationDate"),
            "Section47": of_it & any_given("S47ActualStartDate", "DateOfInitialCPC"),
        },
    )


EXAMPLES = """
    CINdetails
    LAchildID | CINdetailsID | ReferralNFA | DateOfInitialCPC |
    1         | 1            | true        |                  | found
    2         | 2            | 1           | 2025-06-02       | found
    3         | 3            | true        |                  | found
    4         | 4            | false       | 2025-06-02       |
    5         | 5            | true        |                  |
    5         | 6            | false       |                  |

    Assessments
    LAchildID | CINdetailsID | AssessmentActualStartDate | AssessmentAuthorisationDate |
    1         | 1            | 2025-06-02                |                             |
    4         | 4            | 2025-06-02                |                             |
    5         | 6            | 2025-06-02                |                             |

    Section47
    LAchildID | CINdetailsID | S47ActualStartDate | DateOfInitialCPC |
    3         | 3            | 2025-06-02         | 2025-06-12       |
    4         | 4            | 2025-06-02         | 2025-06-12       |
"""
