import polars as pl

from kith.checks.rule import check
from kith.checks.rules_903.workers.reasons import reason_is_asked
from kith.checks.words import any_blank, blank


@check(
    "SW03STG1",
    table="SWEpisodes",
    fields="SW_ID SW_DECOM SW_REASON",
    first_year=2024,
    last_year=2024,
    note="Rules SW01aSTG1 and SW01bSTG1 took its place from 2024-25.",
)
def a_worker_episode_is_not_complete() -> pl.Expr:
    """A social worker episode has no start date, no social worker's number, or, begun on or after 1 April 2023, no
    reason for the change."""
    return any_blank("SW_DECOM", "SW_ID") | (reason_is_asked() & blank("SW_REASON"))


EXAMPLES = """
    SWEpisodes
    CHILD | SW_ID | SW_DECOM   | SW_REASON |
    1     |       | 01/05/2022 |           | found
    2     | SW123 |            | MANAGE    | found
    3     | SW123 | 01/04/2023 |           | found
    4     | SW123 | 31/03/2023 |           |
    5     | SW123 | 01/04/2023 | MANAGE    |
"""
