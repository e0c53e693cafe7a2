import polars as pl

from kith.checks.rule import check
from kith.checks.words import col


@check("INT09", table="UASC", fields="CHILD")
def a_child_in_uasc_is_not_in_header() -> pl.Expr:
    """A child in the table of unaccompanied asylum-seeking children (UASC) is not in Header."""
    return col("Header.count") == 0


EXAMPLES = """
    Header
    CHILD |
    1     |

    UASC
    CHILD |
    1     |
    2     | found
"""
