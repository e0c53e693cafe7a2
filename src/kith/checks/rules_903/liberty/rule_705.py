import polars as pl

from kith.checks.rule import check
from kith.checks.words import blank, col


@check("705", table="DoLo", fields="DOLO_START before.DOLO_END", first_year=2027)
def a_deprivation_of_liberty_began_before_the_last_ended() -> pl.Expr:
    """A deprivation of liberty order began while the child's last one was still open or had not yet ended."""
    still_open = blank("before.DOLO_END") & col("before.DOLO_START").is_not_null()
    return still_open | (col("DOLO_START") < col("before.DOLO_END"))


EXAMPLES = """
    DoLo
    CHILD | DOLO_START | DOLO_END   |
    1     | 01/05/2026 |            |
    1     | 05/05/2026 | 07/05/2026 | found
    1     | 06/05/2026 | 08/05/2026 | found
    1     | 08/05/2026 | 09/05/2026 |
    2     | 10/05/2026 |            |
"""
