import polars as pl

from kith.checks.rule import check
from kith.checks.words import any_blank, col


@check("142", table="Episodes", fields="DEC REC next.DECOM")
def a_new_episode_began_before_the_last_was_ended() -> pl.Expr:
    """An episode has no end date or no reason, yet a later episode of the child follows it."""
    return any_blank("DEC", "REC") & col("next.DECOM").is_not_null()


EXAMPLES = """
    Episodes
    CHILD | DECOM      | DEC        | REC |
    1     | 01/05/2026 |            |     | found
    1     | 01/06/2026 |            |     |
    2     | 01/05/2026 | 01/06/2026 | X1  |
    2     | 01/06/2026 |            |     |
"""
