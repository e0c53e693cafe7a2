from dataclasses import replace

import polars as pl

from kith.checks.rule import check
from kith.checks.words import blank, is_known


@check("4180", table="Children", fields="Sex", first_year=2025, severity="error")
def sex_is_not_a_code() -> pl.Expr:
    """The child's sex is blank, or not M, F or U. It stands in Sex, which took the place of GenderCurrent."""
    return blank("Sex") | ~is_known("Sex")


@check("4180", table="Children", fields="GenderCurrent", last_year=2024, severity="error")
def gender_is_not_a_code() -> pl.Expr:
    """The child's gender is blank, or not 1, 2, 0 or 9. It stands in GenderCurrent; Sex is for 2024-25 and later."""
    return blank("GenderCurrent") | ~is_known("GenderCurrent")


EXAMPLES = """
    Children
    LAchildID | Sex |
    1         | M   |
    2         | u   |
    3         | 1   | found
    4         |     | found
"""

gender_is_not_a_code = replace(
    gender_is_not_a_code,
    examples="""
    Children
    LAchildID | GenderCurrent |
    1         | 1             |
    2         | 9             |
    3         | M             | found
    4         |               | found
""",
)
