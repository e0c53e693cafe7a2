import polars as pl

from kith.checks.rule import check
from kith.checks.words import YEAR_START, col


@check(
    "2885",
    table="ChildProtectionPlans",
    fields="CPPstartDate CINdetails.DateOfInitialCPC Section47.DateOfInitialCPC",
    severity="error",
    note="""The conference of a plan that began before the census year cannot be in the return (8715), so such a
        plan is found only where the referral has some conference from before the year all the same.""",
)
def protection_plan_starts_on_another_day_than_its_conference() -> pl.Expr:
    """The child protection plan did not start on the day of an initial conference of its referral."""
    began_before = col("CPPstartDate") < YEAR_START
    is_comparable = ~began_before | (col("CINdetails.conferences.before_year") > 0)
    return ~col("began_at_a_conference") & is_comparable


EXAMPLES = """
    CINdetails
    LAchildID | CINdetailsID | DateOfInitialCPC |
    1         | 1            |                  |
    1         | 2            |                  |
    2         | 1            | 2025-06-01       |
    3         | 1            | 2025-03-01       |

    Section47
    LAchildID | CINdetailsID | DateOfInitialCPC |
    1         | 1            | 2025-05-20       |
    1         | 1            | 2025-07-20       |
    1         | 2            |                  |

    ChildProtectionPlans
    LAchildID | CINdetailsID | CPPstartDate |
    1         | 1            | 2025-05-20   |
    1         | 1            | 2025-07-20   |
    1         | 1            | 2025-07-21   | found
    1         | 1            | 2024-07-21   |
    1         | 2            | 2025-05-20   | found
    2         | 1            | 2025-06-01   |
    2         | 1            |              |
    3         | 1            | 2025-03-02   | found
    3         | 1            | 2025-03-01   |
"""
