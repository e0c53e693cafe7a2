import polars as pl

from kith.checks.placement_words import is_short_break
from kith.checks.rule import check
from kith.checks.words import is_one_of


@check("384", table="Episodes", fields="PLACE LS")
def short_break_is_in_a_long_term_foster_placement() -> pl.Expr:
    """A child who has short breaks (V3, V4) is told as in a long-term foster placement (U1, U4)."""
    return is_short_break() & is_one_of("PLACE", "U1 U4")


EXAMPLES = """
    Episodes
    CHILD | LS | PLACE |
    1     | V3 | U1    | found
    2     | V4 | U4    | found
    3     | V3 | U6    |
    4     | C2 | U4    |
"""
