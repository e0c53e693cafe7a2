import polars as pl

from kith.checks.rule import check
from kith.checks.rules_903.adoption.decisions import comes_too_late_for_the_episode
from kith.checks.words import is_one_of


@check(
    "554",
    table="Episodes+PlacedAdoption",
    fields="other.DATE_PLACED DECOM LS",
    note="Episodes and decisions of earlier years are not in the return, so look at them before changing anything.",
)
def the_decision_to_place_comes_after_the_placement_order() -> pl.Expr:
    """A placement order was made (E1) before the decision that the child should be placed for adoption, and no
    earlier decision stood on that day."""
    return is_one_of("LS", "E1") & comes_too_late_for_the_episode()


EXAMPLES = """
    Episodes
    CHILD | DECOM      | LS |
    1     | 01/04/2026 | C2 |
    1     | 01/05/2026 | E1 | found
    2     | 01/05/2026 | E1 |
    3     | 01/05/2026 | E1 |

    PlacedAdoption
    CHILD | DATE_PLACED | DATE_PLACED_CEASED |
    1     | 02/05/2026  |                    |
    2     | 01/05/2026  |                    |
    3     | 01/01/2026  | 01/06/2026         |
    3     | 01/09/2026  |                    |
"""
