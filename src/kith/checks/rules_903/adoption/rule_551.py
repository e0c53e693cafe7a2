import polars as pl

from kith.checks.items import ADOPTION_PLACEMENTS
from kith.checks.rule import check
from kith.checks.words import col, is_one_of


@check("551", table="Episodes", fields="PlacedAdoption.DATE_PLACED PLACE")
def placed_for_adoption_without_a_decision() -> pl.Expr:
    """The child was placed for adoption (A3 to A6), but there is no date of the decision that the child should
    be."""
    return is_one_of("PLACE", ADOPTION_PLACEMENTS) & ~col("child.has_decision_to_place")


EXAMPLES = """
    Episodes
    CHILD | PLACE |
    1     | A3    | found
    1     | U1    |
    2     | A6    | found
    3     | A5    |

    PlacedAdoption
    CHILD | DATE_PLACED |
    2     |             |
    3     |             |
    3     | 01/05/2026  |
"""
