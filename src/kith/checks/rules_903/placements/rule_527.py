import polars as pl

from kith.checks.rule import check
from kith.checks.words import col, is_one_of


@check("527", table="Episodes", fields="PLACE PLACE_PROVIDER")
def own_provision_cannot_be_such_a_placement() -> pl.Expr:
    """The provider is the authority itself (PR1), which cannot be for a placement with parents (P1), in
    a health establishment (R2) or in custody (R5)."""
    return is_one_of("PLACE", "P1 R2 R5") & (col("PLACE_PROVIDER") == "PR1")


EXAMPLES = """
    Episodes
    CHILD | PLACE | PLACE_PROVIDER |
    1     | P1    | PR1            | found
    2     | R5    | PR1            | found
    3     | R2    | PR2            |
    4     | U1    | PR1            |
"""
