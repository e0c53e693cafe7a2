import polars as pl

from kith.checks.rule import check
from kith.checks.words import is_in_the_year


@check("8930", table="ChildProtectionPlans", fields="CPPendDate", severity="error")
def plan_ended_outside_the_year() -> pl.Expr:
    """The child protection plan ended before 1 April or after 31 March of the census year."""
    return ~is_in_the_year("CPPendDate")


EXAMPLES = """
    ChildProtectionPlans
    LAchildID | CPPendDate |
    1         | 2025-03-31 | found
    2         | 2025-04-01 |
    3         | 2026-03-31 |
    4         | 2026-04-01 | found
    5         |            |
"""
