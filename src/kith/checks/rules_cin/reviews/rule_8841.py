import polars as pl

from kith.checks.rule import check
from kith.checks.words import col


@check(
    "8841",
    table="Reviews",
    fields="CPPreviewDate ChildProtectionPlans.CPPstartDate",
    severity="error",
    note="An open tool reads only the first of several review dates; Kith reads them all.",
)
def review_is_not_after_the_start_of_its_plan() -> pl.Expr:
    """A review of a child protection plan is dated on or before the day the plan started."""
    return col("CPPreviewDate") <= col("ChildProtectionPlans.CPPstartDate")


EXAMPLES = """
    ChildProtectionPlans
    LAchildID | CINdetailsID | CPPID | CPPstartDate |
    1         | 1            | 1     | 2025-06-02   |
    1         | 1            | 2     | 2025-09-02   |
    2         | 2            | 3     |              |

    Reviews
    LAchildID | CINdetailsID | CPPID | CPPreviewDate |
    1         | 1            | 1     | 2025-06-01    | found
    1         | 1            | 1     | 2025-06-02    | found
    1         | 1            | 1     | 2025-06-03    |
    1         | 1            | 2     | 2025-06-03    | found
    2         | 2            | 3     | 2025-06-03    |
"""
