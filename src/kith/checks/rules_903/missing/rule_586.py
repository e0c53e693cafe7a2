import polars as pl

from kith.checks.rule import check
from kith.checks.words import col


@check("586", table="Missing", fields="DOB MIS_START")
def a_child_is_missing_before_birth() -> pl.Expr:
    """A child's being missing or away begins before the child's date of birth."""
    return col("MIS_START") < col("DOB")


EXAMPLES = """
    Missing
    CHILD | DOB        | MIS_START  |
    1     | 02/05/2012 | 01/05/2012 | found
    2     | 02/05/2012 | 02/05/2012 |
    3     | 02/05/2012 |            |
"""
