import polars as pl

from kith.checks.rule import check
from kith.checks.words import is_in_the_year


@check("571", table="Missing", fields="MIS_END")
def being_missing_ended_outside_the_year() -> pl.Expr:
    """A child's being missing or away ended before the first or after the last day of the collection year."""
    return ~is_in_the_year("MIS_END")


EXAMPLES = """
    Missing
    CHILD | MIS_END    |
    1     | 31/03/2026 | found
    2     | 01/04/2026 |
    3     | 31/03/2027 |
    4     | 01/04/2027 | found
    5     |            |
"""
