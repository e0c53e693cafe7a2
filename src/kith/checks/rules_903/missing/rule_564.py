import polars as pl

from kith.checks.rule import check
from kith.checks.words import blank, is_one_of


@check("564", table="Missing", fields="MISSING MIS_START")
def the_start_of_being_missing_is_blank() -> pl.Expr:
    """A child is said to have been missing (M) or away from placement without authorisation (A), but the date
    it began is blank."""
    return is_one_of("MISSING", "M A") & blank("MIS_START")


EXAMPLES = """
    Missing
    CHILD | MISSING | MIS_START  |
    1     | M       |            | found
    2     | A       |            | found
    3     | M       | 01/05/2026 |
    4     |         |            |
    5     | Y       |            |
"""
