import polars as pl

from kith.checks.rule import check
from kith.checks.words import YEAR_END, col, days_between, is_one_of


@check("363", table="Episodes", fields="LS DECOM DEC")
def an_assessment_order_lasted_over_7_days() -> pl.Expr:
    """A child assessment order (L3) lasted for more than 7 days, counting episodes that follow each other
    and, where it has not ended, up to the last day of the year."""
    ended = col("status.end").fill_null(YEAR_END)
    return is_one_of("LS", "L3") & (days_between("status.start", ended) > 7)


EXAMPLES = """
    Episodes
    CHILD | DECOM      | DEC        | LS |
    1     | 01/05/2026 | 08/05/2026 | L3 |
    2     | 01/05/2026 | 09/05/2026 | L3 | found
    3     | 01/05/2026 | 05/05/2026 | L3 | found
    3     | 05/05/2026 | 10/05/2026 | L3 | found
    4     | 23/03/2027 |            | L3 | found
    5     | 24/03/2027 |            | L3 |
"""
