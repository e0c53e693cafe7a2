import polars as pl

from kith.checks.rule import check
from kith.checks.words import col


@check(
    "8920",
    table="ChildProtectionPlans",
    fields="Children.PersonDeathDate CPPendDate",
    severity="error",
)
def plan_ended_after_the_child_died() -> pl.Expr:
    """The child protection plan ended after the child's date of death."""
    return col("CPPendDate") > col("Children.PersonDeathDate")


EXAMPLES = """
    Children
    LAchildID | PersonDeathDate |
    1         | 2025-06-02      |
    2         |                 |

    ChildProtectionPlans
    LAchildID | CPPID | CPPendDate |
    1         | 1     | 2025-06-03 | found
    1         | 2     | 2025-06-02 |
    1         | 3     |            |
    2         | 4     | 2025-06-03 |
"""
