import polars as pl

from kith.checks.rule import check
from kith.checks.words import is_one_of


@check("366", table="Episodes", fields="RNE LS")
def the_placement_changed_within_a_short_break() -> pl.Expr:
    """A short break (V3) begins with another reason than S. Each break is a period of care of its own, and
    the placement cannot change while it lasts."""
    return is_one_of("LS", "V3") & ~is_one_of("RNE", "S")


EXAMPLES = """
    Episodes
    CHILD | LS | RNE |
    1     | V3 | S   |
    2     | V3 | P   | found
    3     | V3 |     | found
    4     | V4 | T   |
"""
