import polars as pl

from kith.checks.rule import check
from kith.checks.words import col, given


@check("561", table="PlacedAdoption+LastYear.PlacedAdoption", fields="DATE_PLACED")
def a_decision_that_was_reversed_last_year_is_told_again() -> pl.Expr:
    """The decision that the child should be placed for adoption has the same date as last year, but last year's
    return says that it was reversed."""
    return (col("DATE_PLACED") == col("other.DATE_PLACED")) & given("other.DATE_PLACED_CEASED")


EXAMPLES = """
    PlacedAdoption
    CHILD | DATE_PLACED |
    1     | 01/01/2026  | found
    2     | 01/01/2026  |
    3     | 01/06/2026  |

    LastYear.PlacedAdoption
    CHILD | DATE_PLACED | DATE_PLACED_CEASED |
    1     | 01/01/2026  | 01/02/2026         |
    2     | 01/01/2026  |                    |
    3     | 01/01/2026  | 01/02/2026         |
"""
