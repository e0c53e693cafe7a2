import polars as pl

from kith.checks.rule import check
from kith.checks.words import col


@check("INT04", table="Missing", fields="CHILD")
def a_child_in_missing_is_not_in_header() -> pl.Expr:
    """A child in the table of times missing (Missing) is not in Header."""
    return col("Header.count") == 0


EXAMPLES = """
    Header
    CHILD |
    1     |

    Missing
    CHILD |
    1     |
    1     |
    2     | found
"""
