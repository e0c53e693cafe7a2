import polars as pl

from kith.checks.rule import check
from kith.checks.words import col


@check("SW02STG1", table="SWEpisodes", fields="SW_ID", first_year=2024)
def a_worker_number_begins_otherwise() -> pl.Expr:
    """The social worker's number begins with neither SW nor XX."""
    return ~col("SW_ID").str.contains("^(SW|XX)")


EXAMPLES = """
    SWEpisodes
    CHILD | SW_ID |
    1     | AB123 | found
    2     | SW123 |
    3     | xx123 |
    4     |       |
"""
