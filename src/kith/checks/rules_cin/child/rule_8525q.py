import polars as pl

from kith.checks.rule import check
from kith.checks.words import col, given


@check("8525Q", table="Children", fields="PersonBirthDate ExpectedPersonBirthDate", severity="query")
def child_has_both_dates_of_birth_or_neither() -> pl.Expr:
    """The child has both a date of birth and an expected one, or neither that can be read. There should be just one."""
    dates = ("PersonBirthDate", "ExpectedPersonBirthDate")
    return given(*dates) | pl.all_horizontal(col(date).is_null() for date in dates)


EXAMPLES = """
    Children
    LAchildID | PersonBirthDate | ExpectedPersonBirthDate |
    1         | 2015-05-01      |                         |
    2         |                 | 2026-05-01              |
    3         | 2015-05-01      | 2015-05-01              | found
    4         |                 |                         | found
    5         | 31/02/2015      |                         | found
"""
