import polars as pl

from kith.checks.placement_words import is_short_break, was_unaccompanied
from kith.checks.rule import check
from kith.checks.rules_903.notes import UNACCOMPANIED_BEFORE
from kith.checks.words import any_blank


@check(
    "392b",
    table="Episodes",
    fields="HOME_POST PL_POST",
    note=UNACCOMPANIED_BEFORE,
)
def postcode_is_missing() -> pl.Expr:
    """The postcode of the child's home or of the placement is blank. Short breaks (V3, V4) and children
    who are or were unaccompanied are left out."""
    return any_blank("HOME_POST", "PL_POST") & ~is_short_break() & ~was_unaccompanied()


EXAMPLES = """
    Header
    CHILD | UASC |
    1     | 0    |
    2     | 1    |

    Episodes
    CHILD | LS | HOME_POST | PL_POST |
    1     | C2 |           |         | found
    1     | C2 | LS1 4DY   |         | found
    1     | C2 | LS1 4DY   | LS1 3EX |
    1     | V3 |           |         |
    2     | C2 |           | LS1 3EX |
"""
