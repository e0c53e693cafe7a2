import polars as pl

from kith.checks.rule import check
from kith.checks.words import col


@check("1570", table="Children", fields="LAchildID", first_year=2025, severity="error")
def child_id_is_too_long() -> pl.Expr:
    """The authority's id for the child has more than 20 characters."""
    return col("LAchildID").str.len_chars() > 20


EXAMPLES = """
    Children
    LAchildID             |
    A2345678901234567890  |
    A23456789012345678901 | found
"""
