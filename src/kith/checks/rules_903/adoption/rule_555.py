import polars as pl

from kith.checks.rule import check
from kith.checks.words import col, is_one_of


@check(
    "555",
    table="Episodes",
    fields="LS PlacedAdoption.DATE_PLACED PlacedAdoption.DATE_PLACED_CEASED PlacedAdoption.REASON_PLACED_CEASED",
    last_year=2024,
)
def a_freeing_order_without_a_decision() -> pl.Expr:
    """A freeing order was made (D1), but there is no date of the decision that the child should be placed for
    adoption."""
    return is_one_of("LS", "D1") & ~col("child.has_decision_to_place")


EXAMPLES = """
    Episodes
    CHILD | LS |
    1     | D1 | found
    1     | E1 |
    2     | D1 | found
    3     | D1 |

    PlacedAdoption
    CHILD | DATE_PLACED |
    2     |             |
    3     | 01/05/2005  |
"""
