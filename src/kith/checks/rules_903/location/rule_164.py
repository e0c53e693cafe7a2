import polars as pl

from kith.checks.placement_words import is_short_break, was_unaccompanied
from kith.checks.rule import check
from kith.checks.rules_903.notes import UNACCOMPANIED_BEFORE
from kith.checks.words import col, unreadable


@check(
    "164",
    table="Episodes",
    fields="PL_DISTANCE HOME_POST PL_POST",
    note=UNACCOMPANIED_BEFORE,
)
def distance_is_not_possible() -> pl.Expr:
    """The distance from home is not a number from 0 to 999.9. Short breaks (V3, V4) and children who
    are or were unaccompanied have none, and are left out."""
    impossible = unreadable("PL_DISTANCE") | ~col("PL_DISTANCE").is_between(0, 999.9)
    return impossible & ~is_short_break() & ~was_unaccompanied()


EXAMPLES = """
    Header
    CHILD | UASC |
    1     | 0    |
    2     | 1    |

    Episodes
    CHILD | LS | PL_DISTANCE |
    1     | C2 | 0.0         |
    1     | C2 | 999.9       |
    1     | C2 | -2          | found
    1     | C2 | 1000        | found
    1     | C2 | far         | found
    1     | C2 |             |
    1     | V3 | 1000        |
    2     | C2 | 1000        |
"""
