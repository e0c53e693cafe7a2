import polars as pl

from kith.checks.placement_words import is_temporary
from kith.checks.rule import check
from kith.checks.words import is_other_than


@check("381", table="Episodes", fields="PLACE REC")
def period_ends_with_a_temporary_placement() -> pl.Expr:
    """A child left care from a temporary placement (T0 to T4): a period of care ends from where they
    lived."""
    return is_temporary() & is_other_than("REC", "X1")


EXAMPLES = """
    Episodes
    CHILD | REC | PLACE |
    1     | E4A | T1    | found
    2     | X1  | T1    |
    3     |     | T1    |
    4     | E4A | U1    |
"""
