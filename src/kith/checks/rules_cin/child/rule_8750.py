import polars as pl

from kith.checks.rule import check
from kith.checks.words import blank, given, is_one_of


@check(
    "8750",
    table="Children",
    fields="Sex PersonBirthDate ExpectedPersonBirthDate",
    first_year=2025,
    severity="error",
)
def unborn_child_has_a_sex() -> pl.Expr:
    """The child has an expected date of birth and is not born yet, but the sex is not U."""
    return _is_unborn() & ~is_one_of("Sex", "U")


@check(
    "8750",
    table="Children",
    fields="GenderCurrent PersonBirthDate ExpectedPersonBirthDate",
    last_year=2024,
    severity="error",
)
def unborn_child_has_a_gender() -> pl.Expr:
    """The child has an expected date of birth and is not born yet, but the gender is not 0."""
    return _is_unborn() & ~is_one_of("GenderCurrent", "0")


def _is_unborn() -> pl.Expr:
    return blank("PersonBirthDate") & given("ExpectedPersonBirthDate")


EXAMPLES = """
    Children
    LAchildID | PersonBirthDate | ExpectedPersonBirthDate | Sex | GenderCurrent |
    1         |                 | 2025-12-01              | M   | 1             | found
    2         |                 | 2025-12-01              | U   | 0             |
    3         | 2025-12-01      |                         | F   | 2             |
    4         | 2025-12-01      | 2025-12-01              | F   | 2             |
    5         |                 |                         | F   | 2             |
    6         |                 | 2025-12-01              |     |               | found
"""
