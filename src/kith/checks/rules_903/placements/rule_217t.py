from datetime import date

import polars as pl

from kith.checks.rule import check
from kith.checks.words import col


@check("217t", table="Episodes", fields="PLACE DECOM", first_year=2024, last_year=2024)
def independent_living_began_after_it_ended() -> pl.Expr:
    """An episode of independent living (P2) began on or after 28 October 2023, when the code had ended."""
    return (col("PLACE") == "P2") & (col("DECOM") >= date(2023, 10, 28))


EXAMPLES = """
    Episodes
    CHILD | DECOM      | PLACE |
    1     | 27/10/2023 | P2    |
    2     | 28/10/2023 | P2    | found
    3     | 28/10/2023 | H5    |
"""
