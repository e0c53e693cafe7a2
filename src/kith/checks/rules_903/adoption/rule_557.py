from dataclasses import replace

import polars as pl

from kith.checks.items import ADOPTED, ADOPTION_PLACEMENTS
from kith.checks.rule import check
from kith.checks.words import col, is_one_of, is_other_than

FIELDS = "PlacedAdoption.DATE_PLACED_CEASED PlacedAdoption.REASON_PLACED_CEASED PLACE LS REC"
NOTE = """The DfE redefined this rule for 2024-25 without saying how. The freeing order (D1) is read as what was
    taken out, for its own rules (555 and 556) ended in the same year."""


@check("557", table="Episodes", fields=FIELDS, last_year=2024, note=NOTE)
def left_care_unadopted_without_a_reversal_until_2024() -> pl.Expr:
    """A child who was to be placed for adoption (A3 to A6, a freeing order D1, a placement order E1, or a decision
    with a date) left care and was not adopted, but it is not told when and why the decision was reversed."""
    return _left_without_a_reversal("D1 E1")


@check("557", table="Episodes", fields=FIELDS, first_year=2025, note=NOTE)
def left_care_unadopted_without_a_reversal() -> pl.Expr:
    """A child who was to be placed for adoption (A3 to A6, a placement order E1, or a decision with a date) left
    care and was not adopted, but it is not told when and why the decision was reversed."""
    return _left_without_a_reversal("E1")


def _left_without_a_reversal(orders: str) -> pl.Expr:
    was_to_be_placed = (
        is_one_of("PLACE", ADOPTION_PLACEMENTS) | is_one_of("LS", orders) | col("child.has_decision_to_place")
    )
    no_reversal = (col("PlacedAdoption.count") == 0) | col("child.has_unfinished_reversal")
    return is_other_than("REC", f"X1 {ADOPTED}") & was_to_be_placed & no_reversal


EXAMPLES = """
    Episodes
    CHILD | PLACE | LS | REC |
    1     | A3    | C2 | E4A | found
    2     | U1    | E1 | E4A | found
    3     | U1    | C2 | E4A | found
    4     | U1    | C2 | E4A |
    5     | A3    | E1 | E11 |
    6     | A3    | E1 | X1  |
    7     | A3    | E1 | E4A |
    8     | A3    | E1 |     |

    PlacedAdoption
    CHILD | DATE_PLACED | DATE_PLACED_CEASED | REASON_PLACED_CEASED |
    2     | 01/05/2020  | 01/05/2021         |                      |
    3     | 01/05/2020  |                    |                      |
    7     | 01/05/2020  | 01/05/2021         | RD4                  |
"""
OLDER_EXAMPLES = """
    Episodes
    CHILD | PLACE | LS | REC |
    1     | U1    | D1 | E4A | found
    2     | U1    | D1 | E12 |

    PlacedAdoption
    CHILD | DATE_PLACED | DATE_PLACED_CEASED | REASON_PLACED_CEASED |
    3     | 01/05/2005  |                    |                      |
"""
left_care_unadopted_without_a_reversal_until_2024 = replace(
    left_care_unadopted_without_a_reversal_until_2024, examples=OLDER_EXAMPLES
)
