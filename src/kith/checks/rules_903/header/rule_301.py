import polars as pl

from kith.checks.rule import check
from kith.checks.words import YEAR_END, col


@check("301", table="Header", fields="DOB")
def born_after_the_year() -> pl.Expr:
    """The child's date of birth is after the year's last day."""
    return col("DOB") > YEAR_END


EXAMPLES = """
    Header
    CHILD | DOB        |
    1     | 01/04/2027 | found
    2     | 31/03/2027 |
    3     |            |
"""
