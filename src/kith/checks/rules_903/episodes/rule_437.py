import polars as pl

from kith.checks.rule import check
from kith.checks.words import col, is_one_of


@check("437", table="Episodes", fields="REC next.DECOM")
def more_episodes_follow_a_death_or_an_age_of_18() -> pl.Expr:
    """An episode ended because the child died (E2) or was found to be 18 or over (E15), yet a later one
    follows it."""
    return is_one_of("REC", "E2 E15") & col("next.DECOM").is_not_null()


EXAMPLES = """
    Episodes
    CHILD | DECOM      | REC |
    1     | 01/05/2026 | E2  | found
    1     | 01/06/2026 |     |
    2     | 01/05/2026 | X1  |
    2     | 01/06/2026 | E15 |
    3     | 01/05/2026 | E15 | found
    3     | 01/06/2026 | X1  |
"""
