import polars as pl

from kith.checks.placement_words import is_short_break, is_temporary
from kith.checks.rule import check


@check("382", table="Episodes", fields="LS PLACE")
def short_break_is_in_a_temporary_placement() -> pl.Expr:
    """A child who has short breaks (V3, V4) is told as in a temporary placement (T0 to T4)."""
    return is_short_break() & is_temporary()


EXAMPLES = """
    Episodes
    CHILD | LS | PLACE |
    1     | V3 | T1    | found
    2     | V4 | T0    | found
    3     | V3 | U6    |
    4     | C2 | T1    |
"""
