import polars as pl

from kith.checks.rule import check
from kith.checks.words import blank, col


@check(
    "4017",
    table="CINplanDates+ChildProtectionPlans",
    fields="CINPlanStartDate CINPlanEndDate other.CPPstartDate",
    severity="error",
    note="A child protection plan may start on the day the child in need plan ends.",
)
def protection_plan_starts_during_a_plan() -> pl.Expr:
    """The child in need plan was still running when a child protection plan started."""
    protection_start = col("other.CPPstartDate")
    had_not_ended = blank("CINPlanEndDate") | (protection_start < col("CINPlanEndDate"))
    return (protection_start >= col("CINPlanStartDate")) & had_not_ended


EXAMPLES = """
    CINplanDates
    LAchildID | CINPlanStartDate | CINPlanEndDate |
    1         | 2025-05-01       | 2025-06-01     |
    2         | 2025-05-01       | 2025-06-02     | found
    3         | 2025-06-01       |                | found
    4         | 2025-06-02       |                |
    5         | 2025-06-01       |                |

    ChildProtectionPlans
    LAchildID | CPPstartDate |
    1         | 2025-06-01   |
    2         | 2025-06-01   |
    3         | 2025-06-01   |
    4         | 2025-06-01   |
"""
