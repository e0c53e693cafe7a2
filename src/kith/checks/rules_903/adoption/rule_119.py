import polars as pl

from kith.checks.rule import check
from kith.checks.words import any_blank, any_given


@check("119", table="PlacedAdoption", fields="REASON_PLACED_CEASED DATE_PLACED_CEASED")
def a_reversal_is_told_in_part() -> pl.Expr:
    """Only one of the two is filled: the date of the decision that the child should no longer be placed for
    adoption, or the reason for it."""
    reversal = ("DATE_PLACED_CEASED", "REASON_PLACED_CEASED")
    return any_given(*reversal) & any_blank(*reversal)


EXAMPLES = """
    PlacedAdoption
    CHILD | DATE_PLACED_CEASED | REASON_PLACED_CEASED |
    1     | 01/06/2026         | RD1                  |
    2     | 01/06/2026         |                      | found
    3     |                    | RD1                  | found
    4     |                    |                      |
"""
