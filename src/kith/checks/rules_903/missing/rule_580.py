import polars as pl

from kith.checks.rule import check
from kith.checks.words import blank, col, is_other_than


@check("580", table="Episodes+Missing", fields="REC DEC other.MIS_START other.MIS_END")
def a_child_left_care_while_missing_for_another_reason() -> pl.Expr:
    """A child was missing or away on the day they left care, but the reason is not E8, care ended for any
    other reason."""
    left = is_other_than("REC", "X1 E8")
    was_missing = (col("other.MIS_START") <= col("DEC")) & (
        blank("other.MIS_END") | (col("other.MIS_END") >= col("DEC"))
    )
    return left & was_missing


EXAMPLES = """
    Episodes
    CHILD | DECOM      | DEC        | REC |
    1     | 01/05/2026 | 01/07/2026 | E3  | found
    2     | 01/05/2026 | 01/07/2026 | E8  |
    3     | 01/05/2026 | 01/07/2026 | X1  |
    4     | 01/05/2026 | 01/07/2026 | E3  |
    5     | 01/05/2026 | 01/07/2026 | E3  | found
    6     | 01/05/2026 | 01/07/2026 | E3  |

    Missing
    CHILD | MIS_START  | MIS_END    |
    1     | 01/06/2026 | 01/07/2026 |
    2     | 01/06/2026 | 01/07/2026 |
    3     | 01/06/2026 | 01/07/2026 |
    4     | 01/06/2026 | 30/06/2026 |
    5     | 01/06/2026 |            |
    6     | 02/07/2026 |            |
"""
