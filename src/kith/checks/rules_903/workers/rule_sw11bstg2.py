import polars as pl

from kith.checks.rule import check
from kith.checks.words import YEAR_END, col, is_the_latest


@check("SW11bSTG2", table="SWEpisodes", fields="SW_DEC", first_year=2024)
def the_last_worker_ended_before_the_year_did() -> pl.Expr:
    """The child's last social worker episode ended before 31 March, and none follows it."""
    return is_the_latest("SWEpisodes") & (col("SW_DEC") < YEAR_END)


EXAMPLES = """
    SWEpisodes
    CHILD | SW_DECOM   | SW_DEC     |
    1     | 01/05/2025 | 01/06/2026 |
    1     | 01/06/2026 | 30/03/2027 | found
    2     | 01/05/2026 | 31/03/2027 |
    3     | 01/05/2025 | 01/06/2026 |
    3     | 01/06/2026 |            |
"""
