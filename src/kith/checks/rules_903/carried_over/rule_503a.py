import polars as pl

from kith.checks.rule import check
from kith.checks.words import col, goes_on_from_last_year


@check("503A", table="Episodes", fields="RNE LastYear.Episodes.latest.RNE")
def the_reason_for_an_open_episode_differs_from_last_year() -> pl.Expr:
    """The reason for the child's first episode is not that of the episode left open in last year's return."""
    differs = col("RNE").ne_missing(col("LastYear.Episodes.latest.RNE"))
    return goes_on_from_last_year() & differs


EXAMPLES = """
    Episodes
    CHILD | DECOM      | RNE |
    1     | 01/02/2026 | P   | found
    1     | 01/05/2026 | L   |
    2     | 01/02/2026 | S   |
    3     | 01/05/2026 | S   |
    4     | 01/02/2026 |     | found
    5     | 01/05/2026 | P   |

    LastYear.Episodes
    CHILD | DECOM      | DEC        | RNE |
    1     | 01/02/2026 |            | S   |
    2     | 01/02/2026 |            | S   |
    3     | 01/02/2026 | 01/03/2026 | P   |
    4     | 01/02/2026 |            | S   |
"""
