import polars as pl

from kith.checks.items import AD1_ITEMS, of
from kith.checks.rule import check
from kith.checks.words import any_given, col, given


@check(
    "525",
    table="PlacedAdoption",
    fields=" ".join(("DATE_PLACED_CEASED", *of("AD1", AD1_ITEMS))),
    note="A child with another decision that has not been reversed can be adopted, and is not found.",
)
def adopted_though_the_decision_was_reversed() -> pl.Expr:
    """The decision that the child should be placed for adoption was reversed, and none stands in its place, yet
    something is told of the child's adoption (AD1)."""
    reversed_ = given("DATE_PLACED_CEASED") & ~col("child.has_standing_decision")
    return reversed_ & any_given(*of("AD1", AD1_ITEMS))


EXAMPLES = """
    PlacedAdoption
    CHILD | DATE_PLACED_CEASED |
    1     | 01/05/2026         | found
    2     |                    |
    3     | 01/05/2026         |
    4     | 01/05/2026         |
    4     |                    |

    AD1
    CHILD | DATE_INT   | DATE_MATCH | FOSTER_CARE | NB_ADOPTR | SEX_ADOPTR | LS_ADOPTR |
    1     | 01/05/2026 |            |             |           |            |           |
    2     | 01/05/2026 |            |             |           |            |           |
    3     |            |            |             |           |            |           |
    4     | 01/05/2026 |            |             |           |            |           |
"""
