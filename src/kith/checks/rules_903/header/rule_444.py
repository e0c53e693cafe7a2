import polars as pl

from kith.checks.rule import check
from kith.checks.rules_903.header.pupil_numbers import is_a_number
from kith.checks.words import col


@check("444", table="Header", fields="UPN", first_year=2026)
def two_children_share_a_pupil_number() -> pl.Expr:
    """The same unique pupil number (UPN) stands on more than one row."""
    return is_a_number("UPN") & col("UPN").is_duplicated()


EXAMPLES = """
    Header
    CHILD | UPN           |
    1     | H801200001001 | found
    2     | H801200001001 | found
    3     | H801200001003 |
    4     | UN1           |
    5     | UN1           |
    6     |               |
    7     |               |
"""
