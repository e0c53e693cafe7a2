import polars as pl

from kith.checks.rule import check
from kith.checks.words import YEAR_END, col


@check("570", table="Missing", fields="MIS_START")
def being_missing_began_after_the_year() -> pl.Expr:
    """A child's being missing or away began after 31 March, the last day of the collection year."""
    return col("MIS_START") > YEAR_END


EXAMPLES = """
    Missing
    CHILD | MIS_START  |
    1     | 01/04/2027 | found
    2     | 31/03/2027 |
    3     |            |
"""
