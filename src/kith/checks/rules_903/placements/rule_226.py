import polars as pl

from kith.checks.placement_words import is_temporary
from kith.checks.rule import check
from kith.checks.words import any_given


@check("226", table="Episodes", fields="REASON_PLACE_CHANGE PLACE before.REASON_PLACE_CHANGE")
def reason_is_given_for_a_temporary_move() -> pl.Expr:
    """A reason for a change of placement is given on a temporary placement (T0 to T4) or on the episode
    before it. Neither needs one."""
    return is_temporary() & any_given("REASON_PLACE_CHANGE", "before.REASON_PLACE_CHANGE")


EXAMPLES = """
    Episodes
    CHILD | DECOM      | PLACE | REASON_PLACE_CHANGE |
    1     | 01/05/2026 | U4    | CARPL               |
    1     | 01/06/2026 | T1    |                     | found
    1     | 08/06/2026 | U4    |                     |
    2     | 01/05/2026 | U4    |                     |
    2     | 01/06/2026 | T1    | CARPL               | found
    2     | 08/06/2026 | U4    | CHILD               |
    3     | 01/06/2026 | T1    |                     |
"""
