import polars as pl

from kith.checks.rule import check
from kith.checks.words import is_in_the_year


@check("8715", table="Section47", fields="DateOfInitialCPC", severity="error")
def conference_was_held_outside_the_year() -> pl.Expr:
    """The initial child protection conference was before 1 April or after 31 March of the census year."""
    return ~is_in_the_year("DateOfInitialCPC")


EXAMPLES = """
    Section47
    LAchildID | DateOfInitialCPC |
    1         | 2025-03-31       | found
    2         | 2025-04-01       |
    3         | 2026-03-31       |
    4         | 2026-04-01       | found
    5         |                  |
"""
