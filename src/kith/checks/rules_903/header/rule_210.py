import polars as pl

from kith.checks.rule import check
from kith.checks.words import YEAR_END, col, days_between, given, is_one_of


@check("210", table="Header", fields="UPN Episodes.latest.DECOM")
def a_child_in_care_over_a_week_has_no_pupil_number_yet() -> pl.Expr:
    """The pupil number is still given as UN4 (not known yet) for a child who is looked after on 31 March and
    has been for more than a week."""
    ended = col("Episodes.latest.DEC")
    is_in_care = given("Episodes.latest.DECOM") & (ended.is_null() | (ended > YEAR_END))
    has_been_a_week = days_between("Episodes.latest.stay.start", YEAR_END) > 7
    return is_one_of("UPN", "UN4") & is_in_care & has_been_a_week


EXAMPLES = """
    Header
    CHILD | UPN |
    1     | UN4 | found
    2     | UN4 |
    3     | UN4 |
    4     | UN5 |
    5     | UN4 | found

    Episodes
    CHILD | DECOM      | DEC        | RNE |
    1     | 23/03/2027 |            | S   |
    2     | 24/03/2027 |            | S   |
    3     | 01/05/2026 | 01/06/2026 | S   |
    4     | 01/05/2026 |            | S   |
    5     | 01/03/2027 | 28/03/2027 | S   |
    5     | 28/03/2027 |            | P   |
"""
