import polars as pl

from kith.checks.rule import check
from kith.checks.words import col


@check("INT05", table="OC2", fields="CHILD")
def a_child_in_oc2_is_not_in_header() -> pl.Expr:
    """A child in the table of health (OC2) is not in Header."""
    return col("Header.count") == 0


EXAMPLES = """
    Header
    CHILD |
    1     |

    OC2
    CHILD |
    1     |
    2     | found
"""
