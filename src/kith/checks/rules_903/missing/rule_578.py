import polars as pl

from kith.checks.rule import check
from kith.checks.words import col


@check("578", table="Missing+Episodes", fields="MIS_START other.DEC")
def a_child_is_missing_after_leaving_care() -> pl.Expr:
    """A child is said to have gone missing or away after leaving care, on a day on which the child was not
    looked after."""
    begins_again = col("other.next.DECOM")
    had_left = col("other.leaves_care") & (col("other.DEC") < col("MIS_START"))
    is_not_back = begins_again.is_null() | (col("MIS_START") < begins_again)
    return ~col("started_in_care") & had_left & is_not_back


EXAMPLES = """
    Missing
    CHILD | MIS_START  |
    1     | 02/07/2026 | found
    2     | 01/07/2026 |
    3     | 02/08/2026 |
    4     | 14/07/2026 | found
    4     | 15/07/2026 |
    5     | 01/04/2026 |

    Episodes
    CHILD | DECOM      | DEC        | REC |
    1     | 01/05/2026 | 01/07/2026 | E3  |
    2     | 01/05/2026 | 01/07/2026 | E3  |
    3     | 01/05/2026 | 01/07/2026 | X1  |
    3     | 01/07/2026 |            |     |
    4     | 01/05/2026 | 01/07/2026 | E3  |
    4     | 15/07/2026 |            |     |
    5     | 01/05/2026 | 01/07/2026 | E3  |
"""
