import polars as pl

from kith.checks.rule import check
from kith.checks.words import YEAR_END, col, days_between, is_one_of


@check("362", table="Episodes", fields="DECOM LS DEC")
def an_emergency_order_lasted_over_21_days() -> pl.Expr:
    """An emergency protection order (L2) lasted for more than 21 days, counting episodes that follow each
    other and, where it has not ended, up to the last day of the year."""
    ended = col("status.end").fill_null(YEAR_END)
    return is_one_of("LS", "L2") & (days_between("status.start", ended) > 21)


EXAMPLES = """
    Episodes
    CHILD | DECOM      | DEC        | LS |
    1     | 01/05/2026 | 22/05/2026 | L2 |
    2     | 01/05/2026 | 23/05/2026 | L2 | found
    3     | 01/05/2026 | 10/05/2026 | L2 | found
    3     | 10/05/2026 | 30/05/2026 | L2 | found
    4     | 09/03/2027 |            | L2 | found
    5     | 10/03/2027 |            | L2 |
    6     | 01/05/2026 |            | C2 |
"""
