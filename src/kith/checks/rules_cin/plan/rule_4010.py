import polars as pl

from kith.checks.rule import check
from kith.checks.words import YEAR_END, col


@check(
    "4010",
    table="CINplanDates",
    fields="CINPlanStartDate",
    severity="error",
    note="A plan that started before the census year and went on into it is right.",
)
def plan_has_no_start_or_starts_after_the_year() -> pl.Expr:
    """The child in need plan has no start date that can be read, or one after the last day of the census year."""
    start = col("CINPlanStartDate")
    return start.is_null() | (start > YEAR_END)


EXAMPLES = """
    CINplanDates
    LAchildID | CINPlanStartDate |
    1         | 2026-03-31       |
    2         | 2026-04-01       | found
    3         |                  | found
    4         | 2020-05-01       |
    5         | 01/05/2025       | found
"""
