import polars as pl

from kith.checks.rule import check
from kith.checks.words import is_at_a_weekend


@check("8870Q", table="Section47", fields="InitialCPCtarget", severity="query")
def conference_is_due_at_a_weekend() -> pl.Expr:
    """The day by which the initial conference was to be held is a Saturday or a Sunday."""
    return is_at_a_weekend("InitialCPCtarget")


EXAMPLES = """
    Section47
    LAchildID | InitialCPCtarget |
    1         | 2025-06-06       |
    2         | 2025-06-07       | found
    3         | 2025-06-08       | found
    4         | 2025-06-09       |
    5         |                  |
"""
