import polars as pl

from kith.checks.rule import check
from kith.checks.rules_903.adoption.decisions import has_another_date_than_last_year
from kith.checks.words import blank


@check("560", table="PlacedAdoption+LastYear.PlacedAdoption", fields="DATE_PLACED DATE_PLACED_CEASED")
def the_same_decision_has_another_date_than_last_year() -> pl.Expr:
    """Last year's return told of a decision that the child should be placed for adoption, and it was not
    reversed; this year the decision has another date."""
    return has_another_date_than_last_year() & blank("DATE_PLACED_CEASED", "other.DATE_PLACED_CEASED")


EXAMPLES = """
    PlacedAdoption
    CHILD | DATE_PLACED | DATE_PLACED_CEASED |
    1     | 01/02/2026  |                    | found
    2     | 01/01/2026  |                    |
    3     | 01/02/2026  |                    |
    4     | 01/01/2026  | 01/05/2026         |
    4     | 01/06/2026  |                    |

    LastYear.PlacedAdoption
    CHILD | DATE_PLACED | DATE_PLACED_CEASED |
    1     | 01/01/2026  |                    |
    2     | 01/01/2026  |                    |
    3     | 01/01/2026  | 15/01/2026         |
    4     | 01/01/2026  |                    |
"""
