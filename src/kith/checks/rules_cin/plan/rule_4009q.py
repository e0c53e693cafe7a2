import polars as pl

from kith.checks.rule import check
from kith.checks.words import col


@check("4009Q", table="CINplanDates", fields="CINPlanEndDate Children.PersonDeathDate", severity="query")
def plan_ends_after_death() -> pl.Expr:
    """The child in need plan ended after the child's date of death."""
    return col("CINPlanEndDate") > col("Children.PersonDeathDate")


EXAMPLES = """
    Children
    LAchildID | PersonDeathDate |
    1         | 2025-05-01      |
    2         |                 |

    CINplanDates
    LAchildID | CINPlanEndDate |
    1         | 2025-05-01     |
    1         | 2025-05-02     | found
    1         |                |
    2         | 2025-05-02     |
"""
