import polars as pl

from kith.checks.rule import check
from kith.checks.words import blank, is_one_of


@check("451", table="Episodes", fields="DEC REC LS", last_year=2024)
def a_child_is_still_freed_for_adoption() -> pl.Expr:
    """An episode with the legal status D1, freed for adoption, has not ended, though no freeing order could
    be applied for since 30 December 2005."""
    return is_one_of("LS", "D1") & blank("DEC", "REC")


EXAMPLES = """
    Episodes
    CHILD | LS | DEC        | REC |
    1     | D1 |            |     | found
    2     | D1 | 01/05/2023 | E11 |
    3     | C2 |            |     |
"""
