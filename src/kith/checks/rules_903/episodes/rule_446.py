from datetime import date

import polars as pl

from kith.checks.rule import check
from kith.checks.words import col, is_one_of


@check("446", table="Episodes", fields="LS DECOM")
def a_placement_order_before_there_were_any() -> pl.Expr:
    """An episode that began before December 2005 has the legal status E1, a placement order, which there was
    not yet."""
    return is_one_of("LS", "E1") & (col("DECOM") < date(2005, 12, 1))


EXAMPLES = """
    Episodes
    CHILD | LS | DECOM      |
    1     | E1 | 30/11/2005 | found
    2     | E1 | 01/12/2005 |
    3     | C2 | 30/11/2005 |
"""
