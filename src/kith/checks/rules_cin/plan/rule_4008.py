import polars as pl

from kith.checks.rule import check
from kith.checks.words import col


@check("4008", table="CINplanDates", fields="CINPlanStartDate Children.PersonDeathDate", severity="error")
def plan_starts_after_death() -> pl.Expr:
    """The child in need plan started after the child's date of death."""
    return col("CINPlanStartDate") > col("Children.PersonDeathDate")


EXAMPLES = """
    Children
    LAchildID | PersonDeathDate |
    1         | 2025-05-01      |
    2         |                 |

    CINplanDates
    LAchildID | CINPlanStartDate |
    1         | 2025-05-01       |
    1         | 2025-05-02       | found
    2         | 2025-05-02       |
"""
