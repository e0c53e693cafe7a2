import polars as pl

from kith.checks.rule import check
from kith.checks.words import blank, col


@check(
    "576",
    table="LastYear.Missing",
    fields="MIS_START MIS_END Missing.MIS_START",
    note="""The finding stands on last year's row, and shows the child's first row of this year where there
    is one.""",
)
def an_open_time_missing_last_year_is_not_in_this_year() -> pl.Expr:
    """A child's being missing or away was left open in last year's return, and this year's return has none
    that began on the same day."""
    was_left_open = blank("MIS_END") & col("MIS_START").is_not_null()
    return was_left_open & ~col("is_told_again")


EXAMPLES = """
    LastYear.Missing
    CHILD | MIS_START  | MIS_END    |
    1     | 20/03/2026 |            |
    2     | 20/03/2026 |            | found
    3     | 20/03/2026 |            | found
    4     | 20/03/2026 | 22/03/2026 |
    5     | 20/03/2026 |            |

    Missing
    CHILD | MIS_START  |
    1     | 20/03/2026 |
    1     | 20/06/2026 |
    2     | 21/03/2026 |
    5     | 01/03/2026 |
    5     | 20/03/2026 |
"""
