import polars as pl

from kith.checks.rule import check
from kith.checks.words import blank, col


@check("SW08STG2", table="SWEpisodes", fields="SW_DEC next.SW_DECOM", first_year=2024)
def a_new_worker_began_before_the_last_was_ended() -> pl.Expr:
    """A social worker episode has no end date, yet a later one of the child follows it."""
    return blank("SW_DEC") & col("next.row").is_not_null()


EXAMPLES = """
    SWEpisodes
    CHILD | SW_DECOM   | SW_DEC     |
    1     | 01/05/2026 |            | found
    1     | 01/06/2026 |            |
    2     | 01/05/2026 | 01/06/2026 |
    2     | 01/06/2026 |            |
"""
