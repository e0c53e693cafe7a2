import polars as pl

from kith.checks.rule import check
from kith.checks.words import col


@check("8510", table="Children", fields="LAchildID", severity="error")
def child_id_is_given_twice() -> pl.Expr:
    """More than one child record has this id; there should be one record for each child."""
    return col("LAchildID").is_not_null() & col("LAchildID").is_duplicated()


EXAMPLES = """
    Children
    LAchildID | Sex |
    1         | F   | found
    1         | F   | found
    2         | F   |
              | F   |
              | F   |
"""
