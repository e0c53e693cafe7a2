import polars as pl

from kith.checks.placement_words import is_short_break
from kith.checks.rule import check
from kith.checks.words import any_given


@check("398", table="Episodes", fields="LS HOME_POST PL_POST")
def distance_is_told_of_short_breaks() -> pl.Expr:
    """A postcode, and with it a distance, is given for short breaks (V3, V4), which need none."""
    return is_short_break() & any_given("HOME_POST", "PL_POST")


EXAMPLES = """
    Episodes
    CHILD | LS | HOME_POST | PL_POST |
    1     | V3 | LS1 4DY   | LS1 3EX | found
    2     | V4 | LS1 4DY   |         | found
    3     | V4 |           |         |
    4     | C2 | LS1 4DY   | LS1 3EX |
"""
