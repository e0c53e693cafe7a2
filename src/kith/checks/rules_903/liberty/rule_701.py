import polars as pl

from kith.checks.rule import check
from kith.checks.words import unreadable


@check("701", table="DoLo", fields="DOLO_END", first_year=2027)
def the_end_of_a_deprivation_of_liberty_is_no_date() -> pl.Expr:
    """The date a deprivation of liberty order ended is filled with something that is not a date."""
    return unreadable("DOLO_END")


EXAMPLES = """
    DoLo
    CHILD | DOLO_END   |
    1     | 01/05/2026 |
    2     |            |
    3     | 2026/05/01 | found
"""
