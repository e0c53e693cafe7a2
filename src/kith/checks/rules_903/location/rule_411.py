import polars as pl

from kith.checks.rule import check
from kith.checks.rules_903.notes import AUTHORITIES_OF_2021
from kith.checks.words import col, is_one_of


@check(
    "411",
    table="Episodes",
    fields="PL_LOCATION PL_LA PL_POST",
    note=AUTHORITIES_OF_2021,
)
def location_disagrees_with_the_authority() -> pl.Expr:
    """The placement is told as inside the authority (IN) though it lies in another one, or as outside
    (OUT) though it lies in this one."""
    says_inside = is_one_of("PL_LOCATION", "IN")
    return is_one_of("PL_LOCATION", "IN OUT") & (col("PL_LA.is_own") != says_inside)


EXAMPLES = """
    authority E06000001

    Episodes
    CHILD | PL_LOCATION | PL_LA     |
    1     | IN          | E06000001 |
    2     | IN          | 805       |
    3     | IN          | E06000002 | found
    4     | OUT         | E06000001 | found
    5     | OUT         | SCO       |
    6     |             | E06000001 |
    7     | IN          |           |
"""
