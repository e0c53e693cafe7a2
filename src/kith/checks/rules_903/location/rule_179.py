import polars as pl

from kith.checks.placement_words import is_short_break
from kith.checks.rule import check
from kith.checks.words import is_one_of


@check("179", table="Episodes", fields="PL_LOCATION PL_POST")
def location_is_not_a_code() -> pl.Expr:
    """The placement is told neither as inside the authority (IN) nor as outside it (OUT). Short breaks
    (V3, V4) are left out."""
    return ~is_one_of("PL_LOCATION", "IN OUT") & ~is_short_break()


EXAMPLES = """
    Episodes
    CHILD | LS | PL_LOCATION |
    1     | C2 | IN          |
    2     | C2 | OUT         |
    3     | C2 | NEAR        | found
    4     | C2 |             | found
    5     | V3 |             |
"""
