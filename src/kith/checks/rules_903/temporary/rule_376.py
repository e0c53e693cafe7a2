import polars as pl

from kith.checks.rule import check
from kith.checks.words import col, days_between


@check(
    "376",
    table="Episodes",
    fields="DECOM PLACE DEC",
    note="An episode that is still open is not measured.",
)
def stay_while_carers_are_away_lasts_over_three_weeks() -> pl.Expr:
    """A stay elsewhere while the foster carers are on holiday (T3) lasts more than three weeks (21
    days)."""
    return (col("PLACE") == "T3") & (days_between("DECOM", "DEC") > 21)


EXAMPLES = """
    Episodes
    CHILD | DECOM      | DEC        | PLACE |
    1     | 01/05/2026 | 22/05/2026 | T3    |
    2     | 01/05/2026 | 23/05/2026 | T3    | found
    3     | 01/05/2026 | 23/05/2026 | T2    |
    4     | 01/05/2026 |            | T3    |
"""
