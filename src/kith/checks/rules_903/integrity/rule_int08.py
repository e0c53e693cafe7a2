import polars as pl

from kith.checks.rule import check
from kith.checks.words import col


@check("INT08", table="Reviews", fields="CHILD")
def a_child_in_reviews_is_not_in_header() -> pl.Expr:
    """A child in the table of reviews is not in Header."""
    return col("Header.count") == 0


EXAMPLES = """
    Header
    CHILD |
    1     |

    Reviews
    CHILD |
    1     |
    1     |
    2     | found
"""
