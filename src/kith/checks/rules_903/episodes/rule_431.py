import polars as pl

from kith.checks.rule import check
from kith.checks.words import col, is_one_of


@check("431", table="Episodes", fields="RNE DECOM before.DEC")
def care_started_on_the_day_the_last_episode_ended() -> pl.Expr:
    """The reason for a new episode is S, started to be looked after, but the last episode ended that same
    day, so that the child was looked after already."""
    return is_one_of("RNE", "S") & (col("DECOM") == col("before.DEC"))


EXAMPLES = """
    Episodes
    CHILD | DECOM      | DEC        | RNE |
    1     | 01/05/2026 | 01/06/2026 | S   |
    1     | 01/06/2026 | 01/07/2026 | S   | found
    1     | 01/07/2026 | 01/08/2026 | P   |
    1     | 02/08/2026 |            | S   |
"""
