import polars as pl

from kith.checks.rule import check
from kith.checks.words import is_in_the_year


@check("8545Q", table="Children", fields="PersonDeathDate", severity="query")
def child_dies_outside_the_year() -> pl.Expr:
    """The child's date of death is not within the census year."""
    return ~is_in_the_year("PersonDeathDate")


EXAMPLES = """
    Children
    LAchildID | PersonDeathDate |
    1         | 2025-03-31      | found
    2         | 2025-04-01      |
    3         | 2026-03-31      |
    4         | 2026-04-01      | found
    5         |                 |
"""
