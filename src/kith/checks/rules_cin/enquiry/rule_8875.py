import polars as pl

from kith.checks.rule import check
from kith.checks.words import is_at_a_weekend


@check("8875", table="Section47", fields="DateOfInitialCPC", severity="error")
def conference_was_held_at_a_weekend() -> pl.Expr:
    """The date of the initial child protection conference is a Saturday or a Sunday."""
    return is_at_a_weekend("DateOfInitialCPC")


EXAMPLES = """
    Section47
    LAchildID | DateOfInitialCPC |
    1         | 2025-06-06       |
    2         | 2025-06-07       | found
    3         | 2025-06-08       | found
    4         | 2025-06-09       |
    5         |                  |
"""
