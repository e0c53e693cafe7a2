import polars as pl

from kith.checks.rule import check
from kith.checks.words import col, is_one_of


@check("550", table="Episodes", fields="PLACE PLACE_PROVIDER")
def parents_provide_another_placement() -> pl.Expr:
    """The provider is the child's parents (PR0), which can only be for a placement with them (P1)."""
    return (col("PLACE_PROVIDER") == "PR0") & ~is_one_of("PLACE", "P1")


EXAMPLES = """
    Episodes
    CHILD | PLACE | PLACE_PROVIDER |
    1     | U1    | PR0            | found
    2     | P1    | PR0            |
    3     |       | PR0            | found
    4     | U1    | PR1            |
"""
