import polars as pl

from kith.checks.rule import check
from kith.checks.words import blank, col


@check("707", table="DoLo+Episodes", fields="DOLO_END other.DEC other.REC", first_year=2027)
def a_child_left_care_while_an_order_did_not_end() -> pl.Expr:
    """A child under a deprivation of liberty order has left care since, but the order has no end date."""
    left_since = col("other.leaves_care") & (col("DOLO_START") <= col("other.DEC"))
    return blank("DOLO_END") & left_since


EXAMPLES = """
    DoLo
    CHILD | DOLO_START | DOLO_END   |
    1     | 01/06/2026 |            | found
    2     | 01/06/2026 | 02/06/2026 |
    3     | 01/06/2026 |            |
    4     | 01/08/2026 |            |

    Episodes
    CHILD | DECOM      | DEC        | REC |
    1     | 01/05/2026 | 01/07/2026 | E3  |
    2     | 01/05/2026 | 01/07/2026 | E3  |
    3     | 01/05/2026 | 01/07/2026 | X1  |
    3     | 01/07/2026 |            |     |
    4     | 01/05/2026 | 01/07/2026 | E3  |
    4     | 15/07/2026 |            |     |
"""
