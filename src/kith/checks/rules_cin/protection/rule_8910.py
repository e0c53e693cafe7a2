import polars as pl

from kith.checks.rule import check
from kith.checks.words import blank, is_known


@check("8910", table="ChildProtectionPlans", fields="LatestCategoryOfAbuse", severity="error")
def latest_category_of_abuse_is_not_a_code() -> pl.Expr:
    """The category of abuse as it last stood is blank, or not one of the year's codes (NEG, PHY, SAB, EMO, MUL)."""
    return blank("LatestCategoryOfAbuse") | ~is_known("LatestCategoryOfAbuse")


EXAMPLES = """
    ChildProtectionPlans
    LAchildID | LatestCategoryOfAbuse |
    1         | NEG                   |
    2         | MUL                   |
    3         | PSY                   | found
    4         |                       | found
"""
