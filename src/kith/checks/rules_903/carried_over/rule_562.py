import polars as pl

from kith.checks.rule import check
from kith.checks.words import YEAR_START, col, is_the_first


@check("562", table="Episodes", fields="DECOM LastYear.Episodes.latest.DECOM")
def an_episode_that_began_earlier_is_not_in_last_year() -> pl.Expr:
    """The child's first episode began before this year, but last year's return does not end with it. (For a
    child who has no episode at all in last year's return, see rule NoE.)"""
    is_missing = col("DECOM") != col("LastYear.Episodes.latest.DECOM")
    return is_the_first("Episodes") & (col("DECOM") < YEAR_START) & is_missing


EXAMPLES = """
    Episodes
    CHILD | DECOM      |
    1     | 31/03/2026 | found
    1     | 01/05/2026 |
    2     | 31/03/2026 |
    3     | 01/04/2026 |
    4     | 01/02/2026 |

    LastYear.Episodes
    CHILD | DECOM      |
    1     | 01/02/2026 |
    2     | 01/02/2026 |
    2     | 31/03/2026 |
    3     | 01/02/2026 |
"""
