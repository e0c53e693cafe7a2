import polars as pl

from kith.checks.rule import check
from kith.checks.words import blank, col


@check("579", table="PlacedAdoption", fields="DATE_PLACED before.DATE_PLACED before.DATE_PLACED_CEASED")
def a_new_decision_before_the_last_was_reversed() -> pl.Expr:
    """A new decision that the child should be placed for adoption is dated before the one before it was
    reversed, or that one was not reversed at all."""
    not_reversed = blank("before.DATE_PLACED_CEASED") | (
        col("DATE_PLACED") < col("before.DATE_PLACED_CEASED")
    )
    return col("before.row").is_not_null() & not_reversed


EXAMPLES = """
    PlacedAdoption
    CHILD | DATE_PLACED | DATE_PLACED_CEASED |
    1     | 01/05/2026  |                    |
    1     | 01/06/2026  |                    | found
    2     | 01/05/2026  | 02/06/2026         |
    2     | 01/06/2026  |                    | found
    3     | 01/05/2026  | 01/06/2026         |
    3     | 01/06/2026  |                    |
"""
