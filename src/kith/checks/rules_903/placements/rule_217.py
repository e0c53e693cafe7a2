from datetime import date

import polars as pl

from kith.checks.rule import check
from kith.checks.words import col, is_one_of


@check("217", table="Episodes", fields="PLACE DECOM RNE")
def adoption_by_the_same_carers_has_another_reason() -> pl.Expr:
    """A child placed for adoption with the foster carers they live with (A3, A5) keeps the same carers,
    so the reason for the new episode is S, T or U. Asked of episodes from 1 April 2015."""
    began = col("DECOM") >= date(2015, 4, 1)
    return is_one_of("PLACE", "A3 A5") & began & ~is_one_of("RNE", "S T U")


EXAMPLES = """
    Episodes
    CHILD | DECOM      | PLACE | RNE |
    1     | 01/05/2026 | A3    | S   |
    2     | 01/05/2026 | A5    | T   |
    3     | 01/05/2026 | A5    | P   | found
    4     | 01/04/2015 | A3    | B   | found
    5     | 31/03/2015 | A3    | B   |
    6     | 01/05/2026 | A3    |     | found
    7     | 01/05/2026 | A4    | P   |
"""
