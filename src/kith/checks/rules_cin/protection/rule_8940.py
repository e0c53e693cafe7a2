import polars as pl

from kith.checks.overlaps import begun_while_another_ran, runs_to
from kith.checks.rule import check
from kith.checks.views import Views


@check(
    "8940",
    table="ChildProtectionPlans",
    fields="CPPstartDate CPPendDate before.CPPstartDate before.CPPendDate",
    severity="error",
)
def plans_of_a_child_overlap(views: Views) -> pl.DataFrame:
    """The child protection plan started on or before the day an earlier one of the child ended.

    A plan with no end date is open still.
    """
    until = runs_to("CPPstartDate", "CPPendDate")
    return begun_while_another_ran(
        views, "ChildProtectionPlans", "CPPstartDate", until, of_the_same="LAchildID"
    )


EXAMPLES = """
    ChildProtectionPlans
    LAchildID | CPPstartDate | CPPendDate |
    1         | 2025-05-26   | 2025-10-26 |
    1         | 2025-08-26   | 2025-12-26 | found
    2         | 2025-05-26   | 2025-10-25 |
    2         | 2025-10-26   | 2025-12-26 |
    3         | 2025-05-26   |            |
    3         | 2025-08-26   | 2025-10-26 | found
    4         | 2025-10-26   | 2026-03-31 |
    4         | 2026-03-31   |            | found
    5         | 2025-05-26   | 2025-02-31 |
    5         | 2025-08-26   |            |
    6         | 2025-05-26   |            |
    6         | 2025-05-26   |            | found
"""
