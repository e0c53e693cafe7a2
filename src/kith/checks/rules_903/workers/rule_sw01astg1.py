import polars as pl

from kith.checks.rule import check
from kith.checks.rules_903.workers.reasons import reason_is_asked
from kith.checks.words import blank


@check("SW01aSTG1", table="SWEpisodes", fields="SW_DECOM SW_ID", first_year=2025)
def a_worker_or_a_start_is_blank() -> pl.Expr:
    """A social worker episode has no start date; or, begun before 1 April 2023, no social worker's number. From that
    day on rule SW01bSTG1 asks for the number too."""
    return blank("SW_DECOM") | (blank("SW_ID") & ~reason_is_asked())


EXAMPLES = """
    SWEpisodes
    CHILD | SW_ID | SW_DECOM   |
    1     | SW123 |            | found
    2     |       | 31/03/2023 | found
    3     |       | 01/04/2023 |
    4     | SW123 | 31/03/2023 |
    5     |       | ZZ/ZZ/ZZZZ | found
"""
