import polars as pl

from kith.checks.items import ADOPTED
from kith.checks.rule import check
from kith.checks.words import col, is_one_of


@check(
    "558",
    table="Episodes",
    fields="PlacedAdoption.latest.DATE_PLACED_CEASED REC",
    note="""Found where every decision of the child has a date on which it was reversed: an earlier decision may
    have been, before the one that led to the adoption. An open tool finds some of these children only.""",
)
def adopted_though_every_decision_was_reversed() -> pl.Expr:
    """The child was adopted (E11 or E12), yet the decision that the child should be placed for adoption has a
    date on which it was reversed."""
    has_decision = col("PlacedAdoption.count") > 0
    return is_one_of("REC", ADOPTED) & has_decision & ~col("child.has_standing_decision")


EXAMPLES = """
    Episodes
    CHILD | REC |
    1     | E11 | found
    1     | X1  |
    2     | E12 |
    3     | E12 |
    4     | E4A |
    5     | E11 |

    PlacedAdoption
    CHILD | DATE_PLACED | DATE_PLACED_CEASED |
    1     | 01/01/2026  | 01/05/2026         |
    2     | 01/01/2026  |                    |
    3     | 01/01/2025  | 01/05/2025         |
    3     | 01/01/2026  |                    |
    4     | 01/01/2026  | 01/05/2026         |
"""
