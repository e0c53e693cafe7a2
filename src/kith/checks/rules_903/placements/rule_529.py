import polars as pl

from kith.checks.items import ADOPTION_PLACEMENTS
from kith.checks.placement_words import FOSTER
from kith.checks.rule import check
from kith.checks.words import col, is_one_of


@check("529", table="Episodes", fields="PLACE PLACE_PROVIDER")
def public_body_cannot_provide_such_a_placement() -> pl.Expr:
    """The provider is another public body (PR3), which cannot provide placements with parents (P1), for
    adoption (A3 to A6), in children's homes (K1, K2) or with foster carers (U1 to U6)."""
    return is_one_of("PLACE", f"P1 K1 K2 {ADOPTION_PLACEMENTS} {FOSTER}") & (col("PLACE_PROVIDER") == "PR3")


EXAMPLES = """
    Episodes
    CHILD | PLACE | PLACE_PROVIDER |
    1     | P1    | PR3            | found
    2     | A6    | PR3            | found
    3     | K1    | PR3            | found
    4     | U3    | PR3            | found
    5     | R2    | PR3            |
    6     | U3    | PR4            |
"""
