import polars as pl

from kith.checks.rule import check
from kith.checks.words import col


@check("INT06", table="OC3", fields="CHILD")
def a_child_in_oc3_is_not_in_header() -> pl.Expr:
    """A child in the table of care leavers (OC3) is not in Header."""
    return col("Header.count") == 0


EXAMPLES = """
    Header
    CHILD |
    1     |

    OC3
    CHILD |
    1     |
    2     | found
"""
