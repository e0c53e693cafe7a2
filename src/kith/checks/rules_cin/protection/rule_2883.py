import polars as pl

from kith.checks.rule import check
from kith.checks.words import col, is_in_the_year


@check(
    "2883",
    table="ChildProtectionPlans",
    fields="CPPstartDate CINdetails.DateOfInitialCPC Section47.DateOfInitialCPC",
    severity="error",
    note="""Asked of the plans and conferences of the census year: the conference of a plan that began before it
        cannot be in the return (8715). Both levels of conference count, one day once.""",
)
def more_protection_plans_start_than_conferences_were_held() -> pl.Expr:
    """In the year more child protection plans started in this referral than it had initial conferences."""
    starts = is_in_the_year("CPPstartDate")
    return starts & (starts.sum().over("referral") > col("CINdetails.conferences.in_year"))


EXAMPLES = """
    CINdetails
    LAchildID | CINdetailsID | DateOfInitialCPC |
    1         | 1            |                  |
    2         | 1            | 2025-06-01       |
    3         | 1            |                  |
    4         | 1            |                  |

    Section47
    LAchildID | CINdetailsID | DateOfInitialCPC |
    1         | 1            | 2025-05-20       |
    3         | 1            |                  |
    4         | 1            | 2025-03-20       |

    ChildProtectionPlans
    LAchildID | CINdetailsID | CPPstartDate |
    1         | 1            | 2025-05-20   | found
    1         | 1            | 2025-09-20   | found
    1         | 1            | 2024-09-20   |
    2         | 1            | 2025-06-01   |
    3         | 1            | 2025-06-01   | found
    4         | 1            | 2025-06-01   | found
"""
