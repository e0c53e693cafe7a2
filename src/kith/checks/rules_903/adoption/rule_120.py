import polars as pl

from kith.checks.rule import check
from kith.checks.words import is_known


@check("120", table="PlacedAdoption", fields="REASON_PLACED_CEASED")
def reason_for_the_reversal_is_not_a_code() -> pl.Expr:
    """The reason why the child should no longer be placed for adoption is not one of the codes RD1 to RD4."""
    return ~is_known("REASON_PLACED_CEASED")


EXAMPLES = """
    PlacedAdoption
    CHILD | REASON_PLACED_CEASED |
    1     | RD4                  |
    2     | RD5                  | found
    3     |                      |
"""
