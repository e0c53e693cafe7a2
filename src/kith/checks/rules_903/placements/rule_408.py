import polars as pl

from kith.checks.rule import check
from kith.checks.words import is_one_of


@check("408", table="Episodes", fields="PLACE LS")
def placement_order_is_missing() -> pl.Expr:
    """A child is placed for adoption under a placement order (A5, A6), but their legal status is not
    that of one (E1)."""
    return is_one_of("PLACE", "A5 A6") & ~is_one_of("LS", "E1")


EXAMPLES = """
    Episodes
    CHILD | PLACE | LS |
    1     | A5    | C2 | found
    2     | A6    | E1 |
    3     | A6    |    | found
    4     | A3    | C2 |
"""
