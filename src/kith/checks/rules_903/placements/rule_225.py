from datetime import date

import polars as pl

from kith.checks.placement_words import is_temporary
from kith.checks.rule import check
from kith.checks.words import blank, col, is_one_of


@check("225", table="Episodes", fields="REASON_PLACE_CHANGE REC PLACE next.RNE next.PLACE")
def reason_for_the_move_is_missing() -> pl.Expr:
    """An episode ended because the placement changed (the next began with P, T, B or U), and no reason
    for the change is given. Going to and coming from a temporary placement (T0 to T4) needs none.
    Asked of episodes that ended on or after 1 April 2015."""
    moved = (col("REC") == "X1") & is_one_of("next.RNE", "P T B U") & (col("DEC") >= date(2015, 4, 1))
    return moved & blank("REASON_PLACE_CHANGE") & ~is_temporary() & ~is_temporary("next.PLACE")


EXAMPLES = """
    Episodes
    CHILD | DECOM      | DEC        | RNE | REC | PLACE | REASON_PLACE_CHANGE |
    1     | 01/05/2026 | 01/06/2026 | S   | X1  | U4    |                     | found
    1     | 01/06/2026 |            | P   |     | K2    |                     |
    2     | 01/05/2026 | 01/06/2026 | S   | X1  | U4    | CARPL               |
    2     | 01/06/2026 |            | B   |     | K2    |                     |
    3     | 01/05/2026 | 01/06/2026 | S   | X1  | U4    |                     |
    3     | 01/06/2026 | 08/06/2026 | P   | X1  | T1    |                     |
    3     | 08/06/2026 | 01/08/2026 | P   | X1  | U4    |                     |
    3     | 01/08/2026 | 01/09/2026 | L   | E4A | U4    |                     |
    3     | 01/10/2026 |            | S   |     | U4    |                     |
    4     | 01/05/2014 | 31/03/2015 | S   | X1  | U4    |                     |
    4     | 31/03/2015 | 01/04/2015 | P   | X1  | K2    |                     | found
    4     | 01/04/2015 |            | P   |     | U4    |                     |
"""
