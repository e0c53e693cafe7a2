import polars as pl

from kith.checks.placement_words import is_short_break
from kith.checks.rule import check
from kith.checks.rules_903.notes import AUTHORITIES_OF_2021
from kith.checks.words import is_known


@check(
    "169",
    table="Episodes",
    fields="PL_LA PL_POST",
    note=AUTHORITIES_OF_2021,
)
def authority_of_the_placement_is_not_known() -> pl.Expr:
    """The authority of the placement is blank or not a code, so its postcode may be wrong. Short breaks
    (V3, V4) are left out."""
    return ~is_known("PL_LA").fill_null(False) & ~is_short_break()


EXAMPLES = """
    Episodes
    CHILD | LS | PL_LA     |
    1     | C2 | E06000001 |
    2     | C2 | 805       |
    3     | C2 | WAL       |
    4     | C2 | CON       |
    5     | C2 | E99999999 | found
    6     | C2 |           | found
    7     | V4 |           |
"""
