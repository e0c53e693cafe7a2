import polars as pl

from kith.checks.rule import check
from kith.checks.words import col, days_between


@check(
    "379",
    table="Episodes",
    fields="DECOM PLACE DEC",
    note="An episode that is still open is not measured.",
)
def stay_for_another_reason_lasts_over_a_week() -> pl.Expr:
    """A temporary placement for another reason (T4) lasts more than seven days."""
    return (col("PLACE") == "T4") & (days_between("DECOM", "DEC") > 7)


EXAMPLES = """
    Episodes
    CHILD | DECOM      | DEC        | PLACE |
    1     | 01/05/2026 | 08/05/2026 | T4    |
    2     | 01/05/2026 | 09/05/2026 | T4    | found
    3     | 01/05/2026 | 09/05/2026 | T2    |
    4     | 01/05/2026 |            | T4    |
"""
