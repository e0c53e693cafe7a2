import polars as pl

from kith.checks.placement_words import is_short_break, was_unaccompanied
from kith.checks.rule import check
from kith.checks.rules_903.notes import UNACCOMPANIED_BEFORE
from kith.checks.words import blank


@check(
    "392a",
    table="Episodes",
    fields="PL_DISTANCE HOME_POST PL_POST",
    note=UNACCOMPANIED_BEFORE,
)
def distance_is_missing() -> pl.Expr:
    """There is no distance from home to the placement. Short breaks (V3, V4) and children who are or were
    unaccompanied have none, and are left out."""
    return blank("PL_DISTANCE") & ~is_short_break() & ~was_unaccompanied()


EXAMPLES = """
    Header
    CHILD | UASC |
    1     | 0    |
    2     | 1    |

    Episodes
    CHILD | LS | PL_DISTANCE |
    1     | C2 |             | found
    1     | C2 | 0.0         |
    1     | V4 |             |
    2     | C2 |             |
"""
