import polars as pl

from kith.checks.placement_words import is_short_break
from kith.checks.rule import check
from kith.checks.words import given


@check("420", table="Episodes", fields="PL_LA PL_POST LS")
def authority_is_told_of_short_breaks() -> pl.Expr:
    """There is an authority of the placement for short breaks (V3, V4), which need none."""
    return is_short_break() & given("PL_LA")


EXAMPLES = """
    Episodes
    CHILD | LS | PL_LA     |
    1     | V3 | E06000001 | found
    2     | V4 | E06000001 | found
    3     | V4 |           |
    4     | C2 | E06000001 |
"""
