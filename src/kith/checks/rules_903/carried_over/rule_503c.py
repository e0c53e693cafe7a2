import polars as pl

from kith.checks.rule import check
from kith.checks.words import col, goes_on_from_last_year


@check("503C", table="Episodes", fields="CIN LastYear.Episodes.latest.CIN")
def the_need_of_an_open_episode_differs_from_last_year() -> pl.Expr:
    """The category of need in the child's first episode is not that of the episode left open in last year's
    return."""
    differs = col("CIN").ne_missing(col("LastYear.Episodes.latest.CIN"))
    return goes_on_from_last_year() & differs


EXAMPLES = """
    Episodes
    CHILD | DECOM      | CIN |
    1     | 01/02/2026 | N2  | found
    1     | 01/05/2026 | N1  |
    2     | 01/02/2026 | N1  |
    3     | 01/05/2026 | N2  |
    4     | 01/02/2026 | N2  | found

    LastYear.Episodes
    CHILD | DECOM      | DEC        | CIN |
    1     | 01/02/2026 |            | N1  |
    2     | 01/02/2026 |            | N1  |
    3     | 01/02/2026 | 01/03/2026 | N1  |
    4     | 01/02/2026 |            |     |
"""
