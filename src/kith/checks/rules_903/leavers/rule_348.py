import polars as pl

from kith.checks.rule import check
from kith.checks.words import is_one_of


@check("348", table="OC3", fields="IN_TOUCH", first_year=2026)
def a_care_leaver_died_in_an_earlier_year() -> pl.Expr:
    """Last year's return said that the young person had died (DIED), but this year's does not."""
    return is_one_of("LastYear.OC3.IN_TOUCH", "DIED") & ~is_one_of("IN_TOUCH", "DIED")


EXAMPLES = """
    OC3
    CHILD | IN_TOUCH |
    1     | YES      | found
    2     | DIED     |
    3     | YES      |
    4     | YES      |

    LastYear.OC3
    CHILD | IN_TOUCH |
    1     | DIED     |
    2     | DIED     |
    3     | YES      |
"""
