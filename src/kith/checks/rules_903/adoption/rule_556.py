import polars as pl

from kith.checks.rule import check
from kith.checks.rules_903.adoption.decisions import comes_too_late_for_the_episode
from kith.checks.words import is_one_of


@check("556", table="Episodes+PlacedAdoption", fields="other.DATE_PLACED DECOM", last_year=2024)
def the_decision_to_place_comes_after_the_freeing_order() -> pl.Expr:
    """A freeing order was made (D1) before the decision that the child should be placed for adoption, and no
    earlier decision stood on that day."""
    return is_one_of("LS", "D1") & comes_too_late_for_the_episode()


EXAMPLES = """
    Episodes
    CHILD | DECOM      | LS |
    1     | 01/05/2005 | D1 | found
    2     | 01/05/2005 | D1 |
    3     | 01/05/2005 | E1 |

    PlacedAdoption
    CHILD | DATE_PLACED | DATE_PLACED_CEASED |
    1     | 02/05/2005  |                    |
    2     | 01/05/2005  |                    |
    3     | 02/05/2005  |                    |
"""
