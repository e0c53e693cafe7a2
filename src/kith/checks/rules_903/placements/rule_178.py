import polars as pl

from kith.checks.placement_words import takes_no_provider
from kith.checks.rule import check
from kith.checks.words import given, is_known


@check("178", table="Episodes", fields="PLACE_PROVIDER")
def provider_is_not_a_code() -> pl.Expr:
    """The provider of the placement is not one of the codes PR0 to PR5, or one is given for a placement
    that takes none (T0 to T4, and the Z codes)."""
    return given("PLACE_PROVIDER") & (~is_known("PLACE_PROVIDER") | takes_no_provider())


EXAMPLES = """
    Episodes
    CHILD | PLACE | PLACE_PROVIDER |
    1     | U1    | PR1            |
    2     | U1    | pr4            |
    3     | U1    | PR6            | found
    4     | T0    | PR1            | found
    5     | Z14   | PR5            | found
    6     | Z14   |                |
    7     | U1    |                |
"""
