import polars as pl

from kith.checks.rule import check
from kith.checks.words import col


@check("522", table="PlacedAdoption", fields="DATE_PLACED DATE_PLACED_CEASED")
def a_decision_to_place_comes_after_its_reversal() -> pl.Expr:
    """The decision that the child should be placed for adoption is dated after the decision that the child
    should no longer be."""
    return col("DATE_PLACED") > col("DATE_PLACED_CEASED")


EXAMPLES = """
    PlacedAdoption
    CHILD | DATE_PLACED | DATE_PLACED_CEASED |
    1     | 02/05/2026  | 01/05/2026         | found
    2     | 01/05/2026  | 01/05/2026         |
    3     | 01/05/2026  |                    |
"""
