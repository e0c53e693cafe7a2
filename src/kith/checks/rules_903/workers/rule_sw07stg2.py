import polars as pl

from kith.checks.rule import check
from kith.checks.words import is_in_the_year


@check(
    "SW07STG2",
    table="SWEpisodes",
    fields="SW_DEC",
    first_year=2024,
    note="How the rule of 2023-24 differed is not known; it is held as it stands from 2024-25.",
)
def a_worker_ended_outside_the_year() -> pl.Expr:
    """A social worker episode ended before the year began, or after its last day."""
    return ~is_in_the_year("SW_DEC")


EXAMPLES = """
    SWEpisodes
    CHILD | SW_DEC     |
    1     | 31/03/2026 | found
    2     | 01/04/2026 |
    3     | 31/03/2027 |
    4     | 01/04/2027 | found
    5     |            |
"""
