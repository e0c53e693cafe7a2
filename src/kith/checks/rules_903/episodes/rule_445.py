from datetime import date

import polars as pl

from kith.checks.rule import check
from kith.checks.words import col, is_one_of


@check(
    "445",
    table="Episodes",
    fields="LS DECOM",
    last_year=2024,
)
def a_freeing_order_after_there_were_none() -> pl.Expr:
    """An episode that began after December 2005 has the legal status D1, freed for adoption, which there was
    no longer."""
    return is_one_of("LS", "D1") & (col("DECOM") >= date(2006, 1, 1))


EXAMPLES = """
    Episodes
    CHILD | LS | DECOM      |
    1     | D1 | 01/01/2006 | found
    2     | D1 | 31/12/2005 |
    3     | C2 | 01/01/2006 |
"""
