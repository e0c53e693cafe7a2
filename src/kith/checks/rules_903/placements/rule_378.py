import polars as pl

from kith.checks.rule import check
from kith.checks.words import col


@check("378", table="Episodes", fields="PLACE LS")
def child_by_agreement_is_placed_with_parents() -> pl.Expr:
    """A child is placed with parents (P1) while looked after by agreement with them (V2), which cannot
    be."""
    return (col("PLACE") == "P1") & (col("LS") == "V2")


EXAMPLES = """
    Episodes
    CHILD | PLACE | LS |
    1     | P1    | V2 | found
    2     | P1    | C2 |
    3     | U4    | V2 |
"""
