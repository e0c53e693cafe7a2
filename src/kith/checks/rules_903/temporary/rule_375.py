import polars as pl

from kith.checks.rule import check
from kith.checks.words import col, days_between


@check(
    "375",
    table="Episodes",
    fields="DECOM PLACE DEC",
    note="An episode that is still open is not measured.",
)
def hospital_stay_lasts_over_six_weeks() -> pl.Expr:
    """A stay in hospital told as a temporary placement (T1) lasts more than six weeks (42 days)."""
    return (col("PLACE") == "T1") & (days_between("DECOM", "DEC") > 42)


EXAMPLES = """
    Episodes
    CHILD | DECOM      | DEC        | PLACE |
    1     | 01/05/2026 | 12/06/2026 | T1    |
    2     | 01/05/2026 | 13/06/2026 | T1    | found
    3     | 01/05/2026 | 13/06/2026 | T2    |
    4     | 01/05/2026 |            | T1    |
"""
