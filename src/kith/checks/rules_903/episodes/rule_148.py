import polars as pl

from kith.checks.rule import check
from kith.checks.words import given


@check("148", table="Episodes", fields="DEC REC")
def an_end_date_and_reason_are_not_together() -> pl.Expr:
    """An episode has an end date but no reason for ending, or a reason but no end date."""
    return given("DEC") != given("REC")


EXAMPLES = """
    Episodes
    CHILD | DEC        | REC |
    1     | 01/05/2026 | X1  |
    2     |            |     |
    3     | 01/05/2026 |     | found
    4     |            | E3  | found
    5     | 31/06/2026 | E3  |
"""
