import polars as pl

from kith.checks.rule import check
from kith.checks.words import col


@check("INT07", table="PrevPerm", fields="CHILD")
def a_child_in_prevperm_is_not_in_header() -> pl.Expr:
    """A child in the table of earlier permanence (PrevPerm) is not in Header."""
    return col("Header.count") == 0


EXAMPLES = """
    Header
    CHILD |
    1     |

    PrevPerm
    CHILD |
    1     |
    2     | found
"""
