import polars as pl

from kith.checks.placement_words import is_temporary
from kith.checks.rule import check
from kith.checks.words import is_other_than


@check("380", table="Episodes", fields="PLACE RNE")
def temporary_placement_begins_otherwise_than_by_a_move() -> pl.Expr:
    """A temporary placement (T0 to T4) begins otherwise than by a move from another placement (P). No
    period of care can begin with one."""
    return is_temporary() & is_other_than("RNE", "P")


EXAMPLES = """
    Episodes
    CHILD | RNE | PLACE |
    1     | S   | T0    | found
    2     | L   | T4    | found
    3     | P   | T1    |
    4     |     | T1    |
    5     | S   | U1    |
"""
