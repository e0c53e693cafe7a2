import polars as pl

from kith.checks.rule import check
from kith.checks.words import col, is_one_of


@check(
    "553",
    table="Episodes",
    fields="LS PlacedAdoption.DATE_PLACED PlacedAdoption.DATE_PLACED_CEASED PlacedAdoption.REASON_PLACED_CEASED",
)
def a_placement_order_without_a_decision() -> pl.Expr:
    """A placement order was made (E1), but there is no date of the decision that the child should be placed for
    adoption."""
    return is_one_of("LS", "E1") & ~col("child.has_decision_to_place")


EXAMPLES = """
    Episodes
    CHILD | LS |
    1     | E1 | found
    1     | C2 |
    2     | E1 | found
    3     | E1 |

    PlacedAdoption
    CHILD | DATE_PLACED |
    2     |             |
    3     | 01/05/2026  |
"""
