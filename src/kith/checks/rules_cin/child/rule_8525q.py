import polars as pl

from kith.checks.rule import check
from kith.checks.words import blank, given


@check("8525Q", table="Children", fields="PersonBirthDate ExpectedPersonBirthDate", severity="query")
def child_has_both_dates_of_birth_or_neither() -> pl.Expr:
    """The child has both a date of birth and an expected one, or neither. There should be just one."""
    dates = ("PersonBirthDate", "ExpectedPersonBirthDate")
    return given(*dates) | blank(*dates)


EXAMPLES = """
    Children
    LAchildID | PersonBirthDate | ExpectedPersonBirthDate |
    1         | 2015-05-01      |                         |
    2         |                 | 2026-05-01              |
    3         | 2015-05-01      | 2015-05-01              | found
    4         |                 |                         | found
"""
