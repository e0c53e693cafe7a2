import polars as pl

from kith.checks.rule import check
from kith.checks.words import unreadable


@check("1005", table="Missing", fields="MIS_END")
def the_end_of_being_missing_is_no_date() -> pl.Expr:
    """The date a child's being missing or away ended is filled with something that is not a date."""
    return unreadable("MIS_END")


EXAMPLES = """
    Missing
    CHILD | MIS_END    |
    1     | 01/05/2026 |
    2     | 31/06/2026 | found
    3     |            |
"""
