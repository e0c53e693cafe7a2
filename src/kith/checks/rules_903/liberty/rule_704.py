import polars as pl

from kith.checks.rule import check
from kith.checks.words import is_in_the_year


@check("704", table="DoLo", fields="DOLO_END", first_year=2027)
def a_deprivation_of_liberty_ended_outside_the_year() -> pl.Expr:
    """A deprivation of liberty order ended before the first or after the last day of the collection year."""
    return ~is_in_the_year("DOLO_END")


EXAMPLES = """
    DoLo
    CHILD | DOLO_END   |
    1     | 31/03/2026 | found
    2     | 01/04/2026 |
    3     | 31/03/2027 |
    4     | 01/04/2027 | found
    5     |            |
"""
