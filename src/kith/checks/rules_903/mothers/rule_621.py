import polars as pl

from kith.checks.rule import check
from kith.checks.words import col


@check("621", table="Header", fields="DOB MC_DOB")
def a_mother_is_younger_than_her_child() -> pl.Expr:
    """The child of the young person was born before she was."""
    return col("DOB") > col("MC_DOB")


EXAMPLES = """
    Header
    CHILD | DOB        | MC_DOB     |
    1     | 01/05/2010 | 30/04/2010 | found
    2     | 01/05/2010 | 01/05/2010 |
    3     | 01/05/2010 | 02/05/2026 |
    4     | 01/05/2010 |            |
"""
