import polars as pl

from kith.checks.rule import check
from kith.checks.words import YEAR_END, age_on, is_one_of


@check(
    "347",
    table="OC3",
    fields="DOB ACCOM",
    first_year=2024,
    note="Under 18 is read as under 18 when the year ends: the young person is returned for the 17th birthday.",
)
def a_care_leaver_under_eighteen_lives_in_a_foyer() -> pl.Expr:
    """The care leaver is under 18 when the year ends, and so cannot live in a foyer (T1 or T2)."""
    return is_one_of("ACCOM", "T1 T2") & (age_on("DOB", YEAR_END) < 18)


EXAMPLES = """
    OC3
    CHILD | DOB        | ACCOM |
    1     | 01/04/2009 | T1    | found
    2     | 01/04/2009 | T2    | found
    3     | 31/03/2009 | T1    |
    4     | 01/04/2009 | U1    |
    5     |            | T1    |
"""
