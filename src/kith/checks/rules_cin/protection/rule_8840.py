import polars as pl

from kith.checks.rule import check
from kith.checks.words import col


@check("8840", table="ChildProtectionPlans", fields="CPPstartDate CPPendDate", severity="error")
def plan_started_and_ended_on_one_day() -> pl.Expr:
    """The child protection plan started and ended on the same day."""
    return col("CPPstartDate") == col("CPPendDate")


EXAMPLES = """
    ChildProtectionPlans
    LAchildID | CPPstartDate | CPPendDate |
    1         | 2025-06-02   | 2025-06-02 | found
    2         | 2025-06-02   | 2025-06-03 |
    3         | 2025-06-02   | 2025-06-01 |
    4         |              |            |
"""
