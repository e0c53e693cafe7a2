import polars as pl

from kith.checks.rule import check
from kith.checks.words import YEAR_START, col


@check("NoE", table="Episodes", fields="DECOM")
def a_child_in_care_earlier_has_no_episode_last_year() -> pl.Expr:
    """An episode began before this year, but last year's return has no episode of the child."""
    return (col("DECOM") < YEAR_START) & (col("LastYear.Episodes.count") == 0)


EXAMPLES = """
    Episodes
    CHILD | DECOM      |
    1     | 31/03/2026 | found
    1     | 01/05/2026 |
    2     | 01/02/2026 |
    3     | 01/04/2026 |

    LastYear.Episodes
    CHILD | DECOM      |
    2     | 01/06/2025 |
"""
