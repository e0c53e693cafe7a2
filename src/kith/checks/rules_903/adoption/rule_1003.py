import polars as pl

from kith.checks.rule import check
from kith.checks.words import col


@check("1003", table="PlacedAdoption+Episodes", fields="DATE_PLACED other.DECOM other.RNE")
def the_decision_to_place_comes_before_care() -> pl.Expr:
    """The decision that the child should be placed for adoption is dated before the child started to be looked
    after (the first episode with the reason S)."""
    return col("other.start.is_first") & (col("DATE_PLACED") < col("other.DECOM"))


EXAMPLES = """
    Episodes
    CHILD | DECOM      | RNE |
    1     | 01/05/2026 | S   |
    1     | 01/06/2026 | P   |
    1     | 01/09/2026 | S   |
    2     | 01/05/2026 | P   |

    PlacedAdoption
    CHILD | DATE_PLACED |
    1     | 30/04/2026  | found
    1     | 01/05/2026  |
    2     | 30/04/2026  |
"""
