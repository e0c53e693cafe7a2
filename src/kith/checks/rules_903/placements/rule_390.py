import polars as pl

from kith.checks.items import ADOPTED, ADOPTION_PLACEMENTS
from kith.checks.rule import check
from kith.checks.words import is_one_of


@check("390", table="Episodes", fields="PLACE REC")
def adopted_child_was_not_placed_for_adoption() -> pl.Expr:
    """A child was adopted (E11, E12) out of a placement that is not one for adoption (A3 to A6)."""
    return is_one_of("REC", ADOPTED) & ~is_one_of("PLACE", ADOPTION_PLACEMENTS)


EXAMPLES = """
    Episodes
    CHILD | PLACE | REC |
    1     | U1    | E11 | found
    2     | A5    | E12 |
    3     |       | E12 | found
    4     | U1    | E4A |
"""
