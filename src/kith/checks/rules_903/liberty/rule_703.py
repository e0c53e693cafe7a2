import polars as pl

from kith.checks.rule import check
from kith.checks.words import YEAR_END, col


@check("703", table="DoLo", fields="DOLO_START", first_year=2027)
def a_deprivation_of_liberty_began_after_the_year() -> pl.Expr:
    """A deprivation of liberty order began after 31 March, the last day of the collection year."""
    return col("DOLO_START") > YEAR_END


EXAMPLES = """
    DoLo
    CHILD | DOLO_START |
    1     | 01/04/2027 | found
    2     | 31/03/2027 |
    3     |            |
"""
