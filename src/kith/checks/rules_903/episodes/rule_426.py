import polars as pl

from kith.checks.placement_words import is_short_break
from kith.checks.rule import check
from kith.checks.words import col


@check("426", table="Episodes", fields="LS")
def short_breaks_are_told_in_two_ways() -> pl.Expr:
    """A child has short breaks told one by one (V3) and as an agreement (V4) in the same year. Each of these
    episodes is shown."""
    return is_short_break() & col("child.has_v3") & col("child.has_v4")


EXAMPLES = """
    Episodes
    CHILD | LS |
    1     | V3 | found
    1     | V4 | found
    1     | C2 |
    2     | V3 |
    2     | V3 |
    3     | V4 |
"""
