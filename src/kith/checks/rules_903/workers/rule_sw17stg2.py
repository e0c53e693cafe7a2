import polars as pl

from kith.checks.rule import check
from kith.checks.words import col, is_the_latest


@check("SW17STG2", table="SWEpisodes", fields="SW_DEC SW_DECOM", first_year=2026)
def no_worker_on_the_last_day() -> pl.Expr:
    """The child has no social worker episode open on 31 March; the latest one is shown."""
    return is_the_latest("SWEpisodes") & ~col("child.has_a_worker_on_the_last_day")


EXAMPLES = """
    SWEpisodes
    CHILD | SW_DECOM   | SW_DEC     |
    1     | 01/05/2026 | 01/06/2026 |
    1     | 01/06/2026 | 31/03/2027 | found
    2     | 01/05/2026 |            |
    3     | 01/05/2026 | 01/04/2027 |
    4     | 01/04/2026 |            |
    4     | 01/05/2026 | 01/06/2026 |
"""
