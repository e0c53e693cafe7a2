import polars as pl

from kith.checks.rule import check
from kith.checks.words import blank, is_known


@check("103", table="Header", fields="ETHNIC")
def ethnicity_is_not_a_code() -> pl.Expr:
    """The child's ethnicity is blank, or not one of the codes of the year."""
    return blank("ETHNIC") | ~is_known("ETHNIC")


EXAMPLES = """
    Header
    CHILD | ETHNIC |
    1     | WBRI   |
    2     | NOBT   |
    3     | WHITE  | found
    4     |        | found
"""
