import polars as pl

from kith.checks.rule import check
from kith.checks.words import col, is_one_of


@check("528", table="Episodes", fields="PLACE PLACE_PROVIDER")
def another_authority_cannot_provide_such_a_placement() -> pl.Expr:
    """The provider is another authority (PR2), which cannot be for a placement with parents (P1), in a
    health establishment (R2) or in custody (R5)."""
    return is_one_of("PLACE", "P1 R2 R5") & (col("PLACE_PROVIDER") == "PR2")


EXAMPLES = """
    Episodes
    CHILD | PLACE | PLACE_PROVIDER |
    1     | P1    | PR2            | found
    2     | R2    | PR2            | found
    3     | R5    | PR1            |
    4     | K1    | PR2            |
"""
