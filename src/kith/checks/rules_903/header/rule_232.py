import polars as pl

from kith.checks.rule import check
from kith.checks.words import is_one_of


@check("232", table="Header", fields="SEX", first_year=2025)
def sex_is_unknown() -> pl.Expr:
    """The child's sex is given as unknown (U). Please check that it is."""
    return is_one_of("SEX", "U")


EXAMPLES = """
    Header
    CHILD | SEX |
    1     | U   | found
    2     | F   |
    3     |     |
"""
