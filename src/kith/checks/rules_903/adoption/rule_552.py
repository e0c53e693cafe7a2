import polars as pl

from kith.checks.items import ADOPTION_PLACEMENTS
from kith.checks.rule import check
from kith.checks.rules_903.adoption.decisions import comes_too_late_for_the_episode
from kith.checks.words import is_one_of


@check("552", table="Episodes+PlacedAdoption", fields="other.DATE_PLACED DECOM")
def the_decision_to_place_comes_after_the_placement() -> pl.Expr:
    """The child was placed for adoption (A3 to A6) before the decision that the child should be, and no earlier
    decision stood on that day."""
    return is_one_of("PLACE", ADOPTION_PLACEMENTS) & comes_too_late_for_the_episode()


EXAMPLES = """
    Episodes
    CHILD | DECOM      | PLACE |
    1     | 01/04/2026 | U1    |
    1     | 01/05/2026 | A5    | found
    2     | 01/05/2026 | A5    |
    3     | 01/05/2026 | A5    |
    4     | 01/05/2026 | A5    | found

    PlacedAdoption
    CHILD | DATE_PLACED | DATE_PLACED_CEASED |
    1     | 02/05/2026  |                    |
    2     | 01/05/2026  |                    |
    3     | 01/01/2026  | 01/06/2026         |
    3     | 01/09/2026  |                    |
    4     | 01/01/2026  | 30/04/2026         |
    4     | 01/09/2026  |                    |
"""
