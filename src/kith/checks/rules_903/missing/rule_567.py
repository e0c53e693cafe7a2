import polars as pl

from kith.checks.rule import check
from kith.checks.words import col


@check("567", table="Missing", fields="MIS_START MIS_END")
def being_missing_ended_before_it_began() -> pl.Expr:
    """The date a child's being missing or away ended is before the date it began."""
    return col("MIS_END") < col("MIS_START")


EXAMPLES = """
    Missing
    CHILD | MIS_START  | MIS_END    |
    1     | 02/05/2026 | 01/05/2026 | found
    2     | 02/05/2026 | 02/05/2026 |
    3     | 02/05/2026 |            |
"""
