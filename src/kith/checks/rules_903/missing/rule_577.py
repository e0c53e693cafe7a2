import polars as pl

from kith.checks.rule import check
from kith.checks.words import blank, col


@check("577", table="Missing+Episodes", fields="MIS_END other.DEC other.REC")
def a_child_left_care_while_missing_did_not_end() -> pl.Expr:
    """A child who was missing or away has left care since, but the time missing has no end date."""
    left_since = col("other.leaves_care") & (col("MIS_START") <= col("other.DEC"))
    return blank("MIS_END") & left_since


EXAMPLES = """
    Missing
    CHILD | MIS_START  | MIS_END    |
    1     | 01/06/2026 |            | found
    2     | 01/06/2026 | 02/06/2026 |
    3     | 01/06/2026 |            |
    4     | 01/08/2026 |            |
    5     | 01/06/2026 |            | found

    Episodes
    CHILD | DECOM      | DEC        | REC |
    1     | 01/05/2026 | 01/07/2026 | E3  |
    2     | 01/05/2026 | 01/07/2026 | E3  |
    3     | 01/05/2026 | 01/07/2026 | X1  |
    3     | 01/07/2026 |            |     |
    4     | 01/05/2026 | 01/07/2026 | E3  |
    4     | 15/07/2026 |            |     |
    5     | 01/05/2026 | 01/07/2026 |     |
"""
