import polars as pl

from kith.checks.rule import check
from kith.checks.words import is_other_than, overlap


@check(
    "709",
    table="DoLo+Episodes",
    fields="DOLO_START DOLO_END other.PLACE",
    first_year=2027,
    note="""An open tool reads a column PLACEMENT, which no file has, so that it fails on every real file
    with such an order; the column is PLACE. An order that has not ended is counted as still in force.""",
)
def an_order_is_in_force_in_an_unexpected_placement() -> pl.Expr:
    """A child under a deprivation of liberty order is in another placement than those expected: a children's
    home (K2), or one of the other placements Z12 and Z13."""
    in_force = overlap("DOLO_START", "DOLO_END", "other.DECOM", "other.DEC")
    return in_force & is_other_than("other.PLACE", "K2 Z12 Z13")


EXAMPLES = """
    DoLo
    CHILD | DOLO_START | DOLO_END   |
    1     | 01/05/2026 | 01/06/2026 | found
    2     | 01/05/2026 | 01/06/2026 |
    3     | 01/05/2026 |            | found
    4     | 01/05/2026 | 01/06/2026 |
    5     | 01/05/2026 | 01/06/2026 |

    Episodes
    CHILD | DECOM      | DEC        | PLACE |
    1     | 01/05/2026 | 01/07/2026 | U6    |
    2     | 01/05/2026 | 01/07/2026 | K2    |
    3     | 01/06/2026 |            | K1    |
    4     | 01/06/2026 | 01/07/2026 | U6    |
    5     | 01/04/2026 | 01/05/2026 | U6    |
    5     | 01/05/2026 |            | Z12   |
"""
