import polars as pl

from kith.checks.rule import check
from kith.checks.rules_903.adoption.decisions import has_another_date_than_last_year
from kith.checks.words import blank, given


@check("584", table="PlacedAdoption+LastYear.PlacedAdoption", fields="DATE_PLACED")
def a_reversed_decision_has_another_date_than_last_year() -> pl.Expr:
    """The decision that was reversed this year has another date than last year's return gave the decision that
    the child should be placed for adoption."""
    return has_another_date_than_last_year() & given("DATE_PLACED_CEASED") & blank("other.DATE_PLACED_CEASED")


EXAMPLES = """
    PlacedAdoption
    CHILD | DATE_PLACED | DATE_PLACED_CEASED |
    1     | 01/02/2026  | 01/05/2026         | found
    2     | 01/01/2026  | 01/05/2026         |
    3     | 01/06/2026  | 01/07/2026         |
    4     | 01/02/2026  |                    |

    LastYear.PlacedAdoption
    CHILD | DATE_PLACED | DATE_PLACED_CEASED |
    1     | 01/01/2026  |                    |
    2     | 01/01/2026  |                    |
    3     | 01/01/2026  | 15/01/2026         |
    4     | 01/01/2026  |                    |
"""
