import polars as pl

from kith.checks.rule import check
from kith.checks.words import col


@check("1580", table="Children", fields="LAchildID", first_year=2025, severity="error")
def child_id_holds_more_than_letters_and_digits() -> pl.Expr:
    """The authority's id for the child holds something other than letters and digits, such as a space or a dash."""
    return col("LAchildID").str.contains("[^A-Za-z0-9]")


EXAMPLES = """
    Children
    LAchildID |
    A123      |
    A-123     | found
    A 123     | found
    A123;     | found
"""
