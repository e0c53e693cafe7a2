import polars as pl

from kith.checks.rule import check
from kith.checks.words import col


@check("4011", table="CINplanDates", fields="CINPlanEndDate CINPlanStartDate", severity="error")
def plan_ends_before_it_starts() -> pl.Expr:
    """The child in need plan ended before the day it started."""
    return col("CINPlanEndDate") < col("CINPlanStartDate")


EXAMPLES = """
    CINplanDates
    LAchildID | CINPlanStartDate | CINPlanEndDate |
    1         | 2025-05-02       | 2025-05-01     | found
    2         | 2025-05-02       | 2025-05-02     |
    3         | 2025-05-02       |                |
"""
