import polars as pl

from kith.checks.rule import check
from kith.checks.words import col


@check("356", table="Episodes", fields="DECOM DEC")
def episode_ends_before_it_starts() -> pl.Expr:
    """The date an episode ended is before the date it began."""
    return col("DEC") < col("DECOM")


EXAMPLES = """
    Episodes
    CHILD | DECOM      | DEC        |
    1     | 01/05/2026 | 30/04/2026 | found
    2     | 01/05/2026 | 01/05/2026 |
    3     | 01/05/2026 |            |
"""
