import polars as pl

from kith.checks.rule import check
from kith.checks.words import YEAR_START, birthday, is_one_of


@check("209", table="Header", fields="UPN DOB")
def a_child_of_school_age_has_no_pupil_number() -> pl.Expr:
    """The pupil number is UN1 (not yet of school age), but the child was 5 or over when the year began."""
    return is_one_of("UPN", "UN1") & (birthday("DOB", 5) <= YEAR_START)


EXAMPLES = """
    Header
    CHILD | UPN | DOB        |
    1     | UN1 | 01/04/2021 | found
    2     | UN1 | 02/04/2021 |
    3     | UN2 | 01/04/2015 |
    4     | UN1 |            |
"""
