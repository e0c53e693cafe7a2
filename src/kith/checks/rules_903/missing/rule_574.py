import polars as pl

from kith.checks.rule import check
from kith.checks.words import blank, col


@check("574", table="Missing", fields="MIS_START before.MIS_END")
def a_child_is_missing_again_before_the_last_time_ended() -> pl.Expr:
    """A child's being missing or away begins while the time before is still open or has not yet ended."""
    still_open = blank("before.MIS_END") & col("before.MIS_START").is_not_null()
    return still_open | (col("MIS_START") < col("before.MIS_END"))


EXAMPLES = """
    Missing
    CHILD | MIS_START  | MIS_END    |
    1     | 01/05/2026 |            |
    1     | 05/05/2026 | 07/05/2026 | found
    1     | 06/05/2026 | 08/05/2026 | found
    1     | 08/05/2026 | 09/05/2026 |
    2     | 10/05/2026 |            |
"""
