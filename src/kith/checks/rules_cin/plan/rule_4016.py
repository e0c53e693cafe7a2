import polars as pl

from kith.checks.rule import check
from kith.checks.words import blank, col


@check(
    "4016",
    table="CINplanDates+ChildProtectionPlans",
    fields="CINPlanStartDate other.CPPstartDate other.CPPendDate",
    severity="error",
    note="A child in need plan may start on the day the child protection plan ends.",
)
def plan_starts_during_a_protection_plan() -> pl.Expr:
    """The child in need plan started while the child had a child protection plan."""
    start = col("CINPlanStartDate")
    had_not_ended = blank("other.CPPendDate") | (start < col("other.CPPendDate"))
    return (start >= col("other.CPPstartDate")) & had_not_ended


EXAMPLES = """
    CINplanDates
    LAchildID | CINPlanStartDate |
    1         | 2025-05-01       |
    1         | 2025-05-02       | found
    1         | 2025-06-01       |
    2         | 2025-06-01       | found
    3         | 2025-06-01       |

    ChildProtectionPlans
    LAchildID | CPPstartDate | CPPendDate |
    1         | 2025-05-02   | 2025-06-01 |
    2         | 2025-05-02   |            |
"""
