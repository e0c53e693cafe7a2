import polars as pl

from kith.checks.rule import check
from kith.checks.rules_903.workers.reasons import reason_is_asked
from kith.checks.words import any_blank


@check("SW01bSTG1", table="SWEpisodes", fields="SW_DECOM SW_ID SW_REASON", first_year=2025)
def a_worker_or_a_reason_is_blank() -> pl.Expr:
    """A social worker episode begun on or after 1 April 2023 has no social worker's number, or no reason for the change."""
    return reason_is_asked() & any_blank("SW_ID", "SW_REASON")


EXAMPLES = """
    SWEpisodes
    CHILD | SW_ID | SW_DECOM   | SW_REASON |
    1     |       | 01/04/2023 | MANAGE    | found
    2     | SW123 | 01/04/2023 |           | found
    3     | SW123 | 01/04/2023 | MANAGE    |
    4     | SW123 | 31/03/2023 |           |
    5     | SW123 |            |           |
"""
