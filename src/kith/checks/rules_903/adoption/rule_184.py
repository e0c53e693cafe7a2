import polars as pl

from kith.checks.rule import check
from kith.checks.words import col


@check("184", table="PlacedAdoption", fields="DATE_PLACED Header.DOB")
def the_decision_to_place_comes_before_birth() -> pl.Expr:
    """The decision that the child should be placed for adoption is dated before the child was born."""
    return col("DATE_PLACED") < col("Header.DOB")


EXAMPLES = """
    Header
    CHILD | DOB        |
    1     | 01/05/2026 |
    2     | 01/05/2026 |
    3     |            |

    PlacedAdoption
    CHILD | DATE_PLACED |
    1     | 30/04/2026  | found
    2     | 01/05/2026  |
    3     | 01/05/2026  |
    4     | 01/05/2026  |
"""
