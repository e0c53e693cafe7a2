import polars as pl

from kith.checks.rule import check
from kith.checks.words import given, is_male


@check("174", table="Header", fields="SEX MC_DOB")
def a_male_has_a_mothers_child() -> pl.Expr:
    """A date of birth of a mother's child is given for a male."""
    return is_male() & given("MC_DOB")


EXAMPLES = """
    Header
    CHILD | SEX | MC_DOB     |
    1     | M   | 01/05/2026 | found
    2     | F   | 01/05/2026 |
    3     | M   |            |
"""
