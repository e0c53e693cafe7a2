import polars as pl

from kith.checks.placement_words import was_unaccompanied
from kith.checks.rule import check
from kith.checks.rules_903.notes import UNACCOMPANIED_BEFORE
from kith.checks.words import col


@check(
    "454",
    table="Episodes",
    fields="PL_DISTANCE HOME_POST PL_POST",
    first_year=2026,
    note=UNACCOMPANIED_BEFORE,
)
def placement_is_over_350_miles_away() -> pl.Expr:
    """The placement is over 350 miles from home, which may be a wrong postcode. 999.9 stands for a home
    that is abroad or not known, and is left out; so are children who are or were unaccompanied."""
    return (col("PL_DISTANCE") > 350) & (col("PL_DISTANCE") != 999.9) & ~was_unaccompanied()


EXAMPLES = """
    Header
    CHILD | UASC |
    1     | 0    |
    2     | 1    |

    Episodes
    CHILD | PL_DISTANCE |
    1     | 350         |
    1     | 350.1       | found
    1     | 999.9       |
    1     |             |
    2     | 400         |
"""
