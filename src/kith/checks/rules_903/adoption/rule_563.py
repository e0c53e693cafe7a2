import polars as pl

from kith.checks.rule import check
from kith.checks.words import any_given, blank


@check("563", table="PlacedAdoption", fields="DATE_PLACED REASON_PLACED_CEASED DATE_PLACED_CEASED")
def a_reversal_without_a_decision() -> pl.Expr:
    """The child should no longer be placed for adoption, but there is no date of the decision that the child
    should be."""
    return blank("DATE_PLACED") & any_given("DATE_PLACED_CEASED", "REASON_PLACED_CEASED")


EXAMPLES = """
    PlacedAdoption
    CHILD | DATE_PLACED | DATE_PLACED_CEASED | REASON_PLACED_CEASED |
    1     |             | 01/05/2026         | RD1                  | found
    2     |             |                    | RD1                  | found
    3     | 01/01/2026  | 01/05/2026         | RD1                  |
    4     |             |                    |                      |
"""
