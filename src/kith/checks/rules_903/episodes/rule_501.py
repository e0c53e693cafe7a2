import polars as pl

from kith.checks.rule import check
from kith.checks.words import col


@check("501", table="Episodes", fields="DECOM before.DEC")
def an_episode_began_before_the_last_had_ended() -> pl.Expr:
    """An episode began before the child's last one had ended."""
    return col("DECOM") < col("before.DEC")


EXAMPLES = """
    Episodes
    CHILD | DECOM      | DEC        |
    1     | 01/05/2026 | 01/06/2026 |
    1     | 31/05/2026 | 01/07/2026 | found
    1     | 01/07/2026 |            |
    1     | 01/08/2026 |            |
"""
