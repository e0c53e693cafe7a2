import polars as pl

from kith.checks.rule import check
from kith.checks.words import col


@check("1004", table="Missing", fields="MIS_START")
def the_start_of_being_missing_is_no_date() -> pl.Expr:
    """The date a child's being missing or away began is blank, or not a date."""
    return col("MIS_START").is_null()


EXAMPLES = """
    Missing
    CHILD | MIS_START  | MIS_END    |
    1     | 01/05/2026 | 02/05/2026 |
    2     | 31/06/2026 |            | found
    3     |            | 02/05/2026 | found
"""
