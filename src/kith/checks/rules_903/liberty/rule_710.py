import polars as pl

from kith.checks.rule import check
from kith.checks.words import is_one_of, overlap


@check(
    "710",
    table="DoLo+Episodes",
    fields="DOLO_START DOLO_END other.PLACE",
    first_year=2027,
    note="""An open tool reads a column PLACEMENT, which no file has, so that it fails on every real file
    with such an order; the column is PLACE. An order that has not ended is counted as still in force.""",
)
def an_order_is_in_force_where_it_cannot_be() -> pl.Expr:
    """A child under a deprivation of liberty order is in a placement where there can be none: a secure
    children's home (K1), with parents (P1), a young offender institution (R5) or supported accommodation
    (K3)."""
    in_force = overlap("DOLO_START", "DOLO_END", "other.DECOM", "other.DEC")
    return in_force & is_one_of("other.PLACE", "K1 K3 P1 R5")


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
    1     | 01/05/2026 | 01/07/2026 | K1    |
    2     | 01/05/2026 | 01/07/2026 | K2    |
    3     | 01/06/2026 |            | P1    |
    4     | 01/06/2026 | 01/07/2026 | K3    |
    5     | 01/04/2026 | 01/05/2026 | R5    |
    5     | 01/05/2026 |            | U6    |
"""
