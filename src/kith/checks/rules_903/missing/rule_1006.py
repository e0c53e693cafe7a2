import polars as pl

from kith.checks.rule import check
from kith.checks.words import is_known


@check("1006", table="Missing", fields="MISSING")
def being_missing_is_not_a_code() -> pl.Expr:
    """What kind of being missing it was is filled, but not with M (missing) or A (away from placement without
    authorisation)."""
    return ~is_known("MISSING")


EXAMPLES = """
    Missing
    CHILD | MISSING |
    1     | M       |
    2     | A       |
    3     | Y       | found
    4     |         |
"""
