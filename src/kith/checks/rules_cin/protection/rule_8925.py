import polars as pl

from kith.checks.rule import check
from kith.checks.words import col


@check("8925", table="ChildProtectionPlans", fields="CPPstartDate CPPendDate", severity="error")
def plan_ended_before_it_started() -> pl.Expr:
    """The child protection plan's end date is before its start date."""
    return col("CPPendDate") < col("CPPstartDate")


EXAMPLES = """
    ChildProtectionPlans
    LAchildID | CPPstartDate | CPPendDate |
    1         | 2025-06-02   | 2025-06-01 | found
    2         | 2025-06-02   | 2025-06-02 |
    3         | 2025-06-02   |            |
"""
