import polars as pl

from kith.checks.rule import check
from kith.checks.words import YEAR_START, col


@check("559", table="PlacedAdoption", fields="DATE_PLACED")
def a_decision_of_an_earlier_year_was_not_told_then() -> pl.Expr:
    """The decision that the child should be placed for adoption was made before the year began, but last year's
    return had no such date for the child."""
    return (col("DATE_PLACED") < YEAR_START) & ~col("child.had_decision_to_place")


EXAMPLES = """
    PlacedAdoption
    CHILD | DATE_PLACED |
    1     | 31/03/2026  | found
    2     | 31/03/2026  | found
    3     | 31/03/2026  |
    4     | 01/04/2026  |

    LastYear.PlacedAdoption
    CHILD | DATE_PLACED |
    2     |             |
    3     | 31/03/2026  |
"""
