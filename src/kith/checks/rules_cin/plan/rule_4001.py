import polars as pl

from kith.checks.rule import check
from kith.checks.words import blank


@check(
    "4001",
    table="CINplanDates+ChildProtectionPlans",
    fields="CINPlanEndDate other.CPPendDate",
    severity="error",
    note="Asked of plans that are both still open; 4016 and 4017 compare the dates of those that are over.",
)
def plan_is_open_beside_a_protection_plan() -> pl.Expr:
    """A child in need plan and a child protection plan of the child are both open, with no end date."""
    return blank("CINPlanEndDate", "other.CPPendDate")


EXAMPLES = """
    CINplanDates
    LAchildID | CINPlanStartDate | CINPlanEndDate |
    1         | 2025-05-01       |                | found
    1         | 2025-04-01       | 2025-05-01     |
    2         | 2025-05-01       |                |
    3         | 2025-05-01       |                |

    ChildProtectionPlans
    LAchildID | CPPstartDate | CPPendDate |
    1         | 2025-06-01   |            |
    2         | 2025-06-01   | 2025-09-01 |
"""
