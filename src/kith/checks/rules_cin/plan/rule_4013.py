import polars as pl

from kith.checks.rule import check
from kith.checks.words import is_in_the_year


@check("4013", table="CINplanDates", fields="CINPlanEndDate", severity="error")
def plan_ends_outside_the_year() -> pl.Expr:
    """The child in need plan has an end date that is not within the census year."""
    return ~is_in_the_year("CINPlanEndDate")


EXAMPLES = """
    CINplanDates
    LAchildID | CINPlanEndDate |
    1         | 2025-03-31     | found
    2         | 2025-04-01     |
    3         | 2026-03-31     |
    4         | 2026-04-01     | found
    5         |                |
"""
