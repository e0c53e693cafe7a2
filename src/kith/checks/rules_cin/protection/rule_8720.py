import polars as pl

from kith.checks.rule import check
from kith.checks.words import YEAR_END, col, given


@check(
    "8720",
    table="ChildProtectionPlans",
    fields="CPPstartDate",
    severity="error",
    note="Asked of a plan that has its number in the file (CPPID); reading a file gives one to each.",
)
def plan_has_no_start_or_starts_after_the_year() -> pl.Expr:
    """The child protection plan has no start date that can be read, or starts after 31 March."""
    start = col("CPPstartDate")
    return given("CPPID") & (start.is_null() | (start > YEAR_END))


EXAMPLES = """
    ChildProtectionPlans
    LAchildID | CPPID | CPPstartDate |
    1         | 1     | 2019-03-01   |
    2         | 2     | 2026-03-31   |
    3         | 3     | 2026-04-01   | found
    4         | 4     |              | found
    5         | 5     | 01/02/2026   | found
"""
