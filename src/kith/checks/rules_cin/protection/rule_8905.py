import polars as pl

from kith.checks.rule import check
from kith.checks.words import blank, is_known


@check("8905", table="ChildProtectionPlans", fields="InitialCategoryOfAbuse", severity="error")
def first_category_of_abuse_is_not_a_code() -> pl.Expr:
    """The category of abuse when the plan began is blank, or not one of the year's codes (NEG, PHY, SAB, EMO, MUL)."""
    return blank("InitialCategoryOfAbuse") | ~is_known("InitialCategoryOfAbuse")


EXAMPLES = """
    ChildProtectionPlans
    LAchildID | InitialCategoryOfAbuse |
    1         | NEG                    |
    2         | MUL                    |
    3         | PSY                    | found
    4         |                        | found
"""
