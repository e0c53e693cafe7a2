import polars as pl

from kith.checks.rule import check
from kith.checks.words import YEAR_END, col


@check("8530Q", table="Children", fields="ExpectedPersonBirthDate", severity="query")
def expected_birth_is_out_of_range() -> pl.Expr:
    """The expected date of birth is not between 1 March and 31 December of the year in which the census year ends."""
    march, december = YEAR_END.dt.month_start(), YEAR_END.dt.offset_by("9mo")
    return ~col("ExpectedPersonBirthDate").is_between(march, december)


EXAMPLES = """
    Children
    LAchildID | ExpectedPersonBirthDate |
    1         | 2026-02-28              | found
    2         | 2026-03-01              |
    3         | 2026-12-31              |
    4         | 2027-01-01              | found
    5         |                         |
"""
