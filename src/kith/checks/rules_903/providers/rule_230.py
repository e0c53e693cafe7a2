from datetime import date

import polars as pl

from kith.checks.placement_words import is_outside_england
from kith.checks.rule import check
from kith.checks.words import blank, col


@check("230", table="Episodes", fields="PLACE DEC URN", first_year=2024, last_year=2024)
def supported_accommodation_has_no_urn() -> pl.Expr:
    """Semi-independent accommodation (H5) in England goes on past 28 October 2023 without Ofsted's
    number (URN), which it needed from that day."""
    goes_on = blank("DEC") | (col("DEC") > date(2023, 10, 28))
    return (col("PLACE") == "H5") & goes_on & blank("URN") & ~is_outside_england()


EXAMPLES = """
    Episodes
    CHILD | PLACE | DEC        | PL_LA     | URN      |
    1     | H5    |            | E06000001 |          | found
    2     | H5    | 29/10/2023 | E06000001 |          | found
    3     | H5    | 28/10/2023 | E06000001 |          |
    4     | H5    |            | WAL       |          |
    5     | H5    |            | E06000001 | SC000001 |
    6     | P2    |            | E06000001 |          |
"""
