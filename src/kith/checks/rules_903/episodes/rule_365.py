import polars as pl

from kith.checks.rule import check
from kith.checks.words import YEAR_END, col, days_between, is_one_of


@check("365", table="Episodes", fields="LS DECOM DEC")
def a_short_break_lasted_over_17_days() -> pl.Expr:
    """One short break (V3) lasted for more than 17 days; one that has not ended is counted up to the last
    day of the year."""
    return is_one_of("LS", "V3") & (days_between("DECOM", col("DEC").fill_null(YEAR_END)) > 17)


EXAMPLES = """
    Episodes
    CHILD | DECOM      | DEC        | LS |
    1     | 01/05/2026 | 18/05/2026 | V3 |
    2     | 01/05/2026 | 19/05/2026 | V3 | found
    3     | 13/03/2027 |            | V3 | found
    4     | 14/03/2027 |            | V3 |
    5     | 01/05/2026 |            | V4 |
"""
