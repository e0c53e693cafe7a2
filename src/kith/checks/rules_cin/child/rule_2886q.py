from dataclasses import replace

import polars as pl

from kith.checks.rule import check
from kith.checks.words import blank, given, is_one_of

MOST = 0.02

NOTE = """A rule about the whole return: where it breaks, each child with no sex recorded is found. A child
    with an expected date of birth and no date of birth is unborn."""


@check(
    "2886Q",
    table="Children",
    fields="Sex ExpectedPersonBirthDate",
    first_year=2025,
    severity="query",
    is_of_the_whole_return=True,
    note=NOTE,
)
def too_many_children_have_no_sex_recorded() -> pl.Expr:
    """More than 2 in 100 children of this return have no sex recorded (U or blank), unborn children left out."""
    return _among_too_many(is_one_of("Sex", "U") | blank("Sex"))


@check(
    "2886Q",
    table="Children",
    fields="GenderCurrent ExpectedPersonBirthDate",
    last_year=2024,
    severity="query",
    is_of_the_whole_return=True,
    note=NOTE,
)
def too_many_children_have_no_gender_recorded() -> pl.Expr:
    """More than 2 in 100 children of this return have no gender recorded (0 or blank), unborn children left out."""
    return _among_too_many(is_one_of("GenderCurrent", "0") | blank("GenderCurrent"))


def _among_too_many(has_none: pl.Expr) -> pl.Expr:
    is_born = ~(given("ExpectedPersonBirthDate") & blank("PersonBirthDate"))
    is_counted = has_none & is_born
    return is_counted & (is_counted.sum() > MOST * is_born.sum())


EXAMPLES = """
    Children
    LAchildID | Sex | PersonBirthDate | ExpectedPersonBirthDate |
    1         | U   | 2015-05-01      |                         | found
    2         |     | 2015-05-01      |                         | found
    3         | U   |                 | 2026-05-01              |
    4         | F   | 2015-05-01      |                         |
"""

too_many_children_have_no_gender_recorded = replace(
    too_many_children_have_no_gender_recorded,
    examples="""
    Children
    LAchildID | GenderCurrent | PersonBirthDate | ExpectedPersonBirthDate |
    1         | 0             | 2015-05-01      |                         | found
    2         | 0             |                 | 2023-05-01              |
    3         | 9             | 2015-05-01      |                         |
    4         | 2             | 2015-05-01      |                         |
""",
)
