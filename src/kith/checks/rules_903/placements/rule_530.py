import polars as pl

from kith.checks.rule import check
from kith.checks.words import col


@check("530", table="Episodes", fields="PLACE PLACE_PROVIDER")
def private_provider_cannot_place_with_parents() -> pl.Expr:
    """The provider is a private one (PR4), which cannot be for a placement with parents (P1)."""
    return (col("PLACE") == "P1") & (col("PLACE_PROVIDER") == "PR4")


EXAMPLES = """
    Episodes
    CHILD | PLACE | PLACE_PROVIDER |
    1     | P1    | PR4            | found
    2     | P1    | PR0            |
    3     | U4    | PR4            |
"""
