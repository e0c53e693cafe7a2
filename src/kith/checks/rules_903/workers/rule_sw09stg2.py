import polars as pl

from kith.checks.rule import check
from kith.checks.words import col


@check("SW09STG2", table="SWEpisodes", fields="SW_DECOM SW_DEC", first_year=2024)
def a_worker_lasted_less_than_a_day() -> pl.Expr:
    """A social worker episode ended on the day it began, or before."""
    return col("SW_DEC") <= col("SW_DECOM")


EXAMPLES = """
    SWEpisodes
    CHILD | SW_DECOM   | SW_DEC     |
    1     | 01/05/2026 | 01/05/2026 | found
    2     | 01/05/2026 | 30/04/2026 | found
    3     | 01/05/2026 | 02/05/2026 |
    4     | 01/05/2026 |            |
"""
