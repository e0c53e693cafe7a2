import polars as pl

from kith.checks.rule import check
from kith.checks.words import col


@check("523", table="PlacedAdoption", fields="DATE_PLACED AD1.DATE_INT")
def two_dates_of_one_decision() -> pl.Expr:
    """The decision that the child should be placed for adoption has one date in PlacedAdoption (DATE_PLACED) and
    another in AD1 (DATE_INT)."""
    return col("DATE_PLACED") != col("AD1.DATE_INT")


EXAMPLES = """
    PlacedAdoption
    CHILD | DATE_PLACED |
    1     | 01/05/2026  | found
    2     | 01/05/2026  |
    3     | 01/05/2026  |
    4     |             |

    AD1
    CHILD | DATE_INT   |
    1     | 02/05/2026 |
    2     | 01/05/2026 |
    4     | 01/05/2026 |
"""
