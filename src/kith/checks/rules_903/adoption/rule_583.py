import polars as pl

from kith.checks.rule import check
from kith.checks.words import blank, col


@check(
    "583",
    table="PlacedAdoption",
    fields="DATE_PLACED DATE_PLACED_CEASED next.DATE_PLACED",
    note="The reversal may stand in the return of an earlier year, as the DfE's sentence says itself.",
)
def an_earlier_decision_was_not_reversed() -> pl.Expr:
    """A later decision that the child should be placed for adoption follows this one, which has no date on which
    it was reversed."""
    return blank("DATE_PLACED_CEASED") & col("next.row").is_not_null()


EXAMPLES = """
    PlacedAdoption
    CHILD | DATE_PLACED | DATE_PLACED_CEASED |
    1     | 01/05/2026  |                    | found
    1     | 01/06/2026  |                    |
    2     | 01/05/2026  | 15/05/2026         |
    2     | 01/06/2026  |                    |
    3     | 01/06/2026  | 01/07/2026         |
    3     | 01/05/2026  |                    | found
"""
