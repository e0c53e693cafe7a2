import polars as pl

from kith.checks.rule import check
from kith.checks.words import YEAR_END, col


@check(
    "SW06STG2",
    table="SWEpisodes",
    fields="SW_DECOM",
    first_year=2024,
    note="One that began before the year and lasts into it belongs to the year.",
)
def a_worker_began_after_the_year() -> pl.Expr:
    """A social worker episode began after the year's last day."""
    return col("SW_DECOM") > YEAR_END


EXAMPLES = """
    SWEpisodes
    CHILD | SW_DECOM   |
    1     | 01/04/2027 | found
    2     | 31/03/2027 |
    3     | 01/05/2020 |
    4     |            |
"""
