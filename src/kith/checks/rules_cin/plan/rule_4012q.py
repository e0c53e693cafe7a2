import polars as pl

from kith.checks.rule import check
from kith.checks.words import col


@check("4012Q", table="CINplanDates", fields="CINPlanStartDate CINPlanEndDate", severity="query")
def plan_lasts_no_day() -> pl.Expr:
    """The child in need plan started and ended on the same day."""
    return col("CINPlanStartDate") == col("CINPlanEndDate")


EXAMPLES = """
    CINplanDates
    LAchildID | CINPlanStartDate | CINPlanEndDate |
    1         | 2025-05-02       | 2025-05-02     | found
    2         | 2025-05-02       | 2025-05-03     |
    3         |                  |                |
"""
