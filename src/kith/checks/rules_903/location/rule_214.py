import polars as pl

from kith.checks.placement_words import is_short_break
from kith.checks.rule import check
from kith.checks.words import any_given


@check("214", table="Episodes", fields="PL_POST URN LS")
def place_is_given_for_short_breaks() -> pl.Expr:
    """A postcode of the placement or a URN is given for short breaks (V3, V4), which need neither."""
    return is_short_break() & any_given("PL_POST", "URN")


EXAMPLES = """
    Episodes
    CHILD | LS | PL_POST | URN      |
    1     | V3 | LS1 4DY | SC000001 | found
    2     | V4 | LS1 4DY |          | found
    3     | V4 |         | SC000001 | found
    4     | V3 |         |          |
    5     | C2 | LS1 4DY | SC000001 |
"""
