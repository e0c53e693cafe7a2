import polars as pl

from kith.checks.rule import check
from kith.checks.words import YEAR_END, col, days_between, is_one_of


@check("361", table="Episodes", fields="DECOM LS DEC")
def police_protection_lasted_over_72_hours() -> pl.Expr:
    """A child was in police protection (L1) for more than three days, counting episodes that follow each
    other and, where it has not ended, up to the last day of the year."""
    ended = col("status.end").fill_null(YEAR_END)
    return is_one_of("LS", "L1") & (days_between("status.start", ended) > 3)


EXAMPLES = """
    Episodes
    CHILD | DECOM      | DEC        | LS |
    1     | 01/05/2026 | 04/05/2026 | L1 |
    2     | 01/05/2026 | 05/05/2026 | L1 | found
    3     | 01/05/2026 | 03/05/2026 | L1 | found
    3     | 03/05/2026 | 05/05/2026 | L1 | found
    3     | 05/05/2026 | 01/07/2026 | V2 |
    4     | 01/05/2026 | 03/05/2026 | L1 |
    4     | 04/05/2026 | 06/05/2026 | L1 |
    5     | 27/03/2027 |            | L1 | found
    6     | 28/03/2027 |            | L1 |
"""
