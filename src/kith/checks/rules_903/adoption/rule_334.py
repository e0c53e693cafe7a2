import polars as pl

from kith.checks.rule import check
from kith.checks.words import col


@check("334", table="AD1+Episodes", fields="DATE_INT other.DECOM other.RNE")
def the_decision_comes_before_the_latest_period_of_care() -> pl.Expr:
    """The decision that adoption is best for the child (DATE_INT) is dated before the child's latest period of
    care began."""
    return col("other.start.is_latest") & (col("DATE_INT") < col("other.DECOM"))


EXAMPLES = """
    Episodes
    CHILD | DECOM      | RNE |
    1     | 01/05/2024 | S   |
    1     | 01/05/2026 | S   |
    1     | 01/06/2026 | P   |
    2     | 01/05/2024 | P   |

    AD1
    CHILD | DATE_INT   |
    1     | 30/04/2026 | found
    1     | 01/05/2026 |
    2     | 01/01/2024 |
"""
