import polars as pl

from kith.checks.rule import check
from kith.checks.words import col


@check("333", table="AD1", fields="DATE_INT DATE_MATCH")
def the_match_comes_before_the_decision() -> pl.Expr:
    """Child and adopters were matched before the decision that adoption is best for the child (DATE_INT)."""
    return col("DATE_INT") > col("DATE_MATCH")


EXAMPLES = """
    AD1
    CHILD | DATE_INT   | DATE_MATCH |
    1     | 02/05/2026 | 01/05/2026 | found
    2     | 01/05/2026 | 01/05/2026 |
    3     | 01/05/2026 |            |
"""
