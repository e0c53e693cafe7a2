import polars as pl

from kith.checks.rule import check
from kith.checks.words import col


@check("700", table="DoLo", fields="DOLO_START", first_year=2027)
def the_start_of_a_deprivation_of_liberty_is_no_date() -> pl.Expr:
    """The date a deprivation of liberty order began is blank, or not a date."""
    return col("DOLO_START").is_null()


EXAMPLES = """
    DoLo
    CHILD | DOLO_START |
    1     | 01/05/2026 |
    2     |            | found
    3     | 2026/05/01 | found
"""
