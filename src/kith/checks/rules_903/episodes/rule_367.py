import polars as pl

from kith.checks.rule import check
from kith.checks.words import col


@check("367", table="Episodes", fields="LS DECOM DEC")
def short_breaks_came_to_over_75_days() -> pl.Expr:
    """A child's short breaks (V3) come to more than 75 days in the year. Each of them is shown; one that has
    not ended is counted up to the last day of the year."""
    return (col("break_days") > 0) & (col("child.break_days") > 75)


EXAMPLES = """
    Episodes
    CHILD | DECOM      | DEC        | LS |
    1     | 01/05/2026 | 10/06/2026 | V3 | found
    1     | 01/08/2026 | 06/09/2026 | V3 | found
    1     | 01/10/2026 | 01/12/2026 | C2 |
    2     | 01/05/2026 | 10/06/2026 | V3 |
    2     | 01/08/2026 | 05/09/2026 | V3 |
    3     | 01/03/2026 | 15/06/2026 | V3 |
    4     | 14/01/2027 |            | V3 | found
    5     | 15/01/2027 |            | V3 |
"""
