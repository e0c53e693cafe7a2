import polars as pl

from kith.checks.rule import check
from kith.checks.words import blank, col


@check("611", table="Header", fields="MOTHER MC_DOB")
def a_mothers_child_has_no_birth_date() -> pl.Expr:
    """The young person is a mother, but the date of birth of her child is blank."""
    return (col("MOTHER") == 1) & blank("MC_DOB")


EXAMPLES = """
    Header
    CHILD | MOTHER | MC_DOB     |
    1     | 1      |            | found
    2     | 1      | 01/05/2026 |
    3     | 0      |            |
    4     |        |            |
"""
