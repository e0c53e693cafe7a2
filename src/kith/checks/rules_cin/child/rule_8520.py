import polars as pl

from kith.checks.rule import check
from kith.checks.words import YEAR_END, col


@check("8520", table="Children", fields="PersonBirthDate", severity="error")
def child_is_born_after_the_year() -> pl.Expr:
    """The date of birth is after the last day of the census year."""
    return col("PersonBirthDate") > YEAR_END


EXAMPLES = """
    Children
    LAchildID | PersonBirthDate |
    1         | 2026-03-31      |
    2         | 2026-04-01      | found
    3         |                 |
"""
