import polars as pl

from kith.checks.placement_words import takes_no_provider
from kith.checks.rule import check
from kith.checks.words import blank, given


@check("526", table="Episodes", fields="PLACE PLACE_PROVIDER")
def provider_is_missing() -> pl.Expr:
    """The provider of the placement is blank. Only temporary placements (T0 to T4) and the Z codes have
    none."""
    return given("PLACE") & blank("PLACE_PROVIDER") & ~takes_no_provider()


EXAMPLES = """
    Episodes
    CHILD | PLACE | PLACE_PROVIDER |
    1     | U1    |                | found
    2     | U1    | PR1            |
    3     | T1    |                |
    4     | Z11   |                |
    5     |       |                |
    6     | P1    |                | found
"""
