import polars as pl

from kith.checks.rule import check
from kith.checks.words import col


@check(
    "8730",
    table="ChildProtectionPlans",
    fields="NumberOfPreviousCPP",
    severity="error",
    note="An open tool fails for the whole return where one is not a number. Here that row is found.",
)
def number_of_previous_plans_is_missing() -> pl.Expr:
    """It is not said how many child protection plans the child had before, or not as a number.

    Write 0 where there was none.
    """
    return col("NumberOfPreviousCPP").is_null()


EXAMPLES = """
    ChildProtectionPlans
    LAchildID | NumberOfPreviousCPP |
    1         | 0                   |
    2         | 3                   |
    3         |                     | found
    4         | none                | found
"""
