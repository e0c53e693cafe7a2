import polars as pl

from kith.checks.rule import check
from kith.checks.words import col


@check("1520", table="Children", fields="UPN", severity="error")
def upn_is_given_to_more_than_one_child() -> pl.Expr:
    """More than one child record has this UPN; a UPN belongs to one child alone."""
    return col("UPN").is_not_null() & col("UPN").is_duplicated()


EXAMPLES = """
    Children
    LAchildID | UPN           |
    1         | P207000016049 | found
    2         | p207000016049 | found
    3         | A950000178301 |
    4         |               |
    5         |               |
"""
