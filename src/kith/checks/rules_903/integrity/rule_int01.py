import polars as pl

from kith.checks.rule import check
from kith.checks.words import col


@check("INT01", table="AD1", fields="CHILD")
def a_child_in_ad1_is_not_in_header() -> pl.Expr:
    """A child in the table of adoption (AD1) is not in Header."""
    return col("Header.count") == 0


EXAMPLES = """
    Header
    CHILD |
    1     |

    AD1
    CHILD |
    1     |
    2     | found
"""
