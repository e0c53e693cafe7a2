import polars as pl

from kith.checks.placement_words import takes_no_provider
from kith.checks.rule import check
from kith.checks.words import given


@check("213", table="Episodes", fields="PLACE_PROVIDER PLACE")
def provider_is_given_where_none_is_wanted() -> pl.Expr:
    """A provider is given for a placement that takes none: a temporary one (T0 to T4) or another
    placement (the Z codes)."""
    return takes_no_provider() & given("PLACE_PROVIDER")


EXAMPLES = """
    Episodes
    CHILD | PLACE | PLACE_PROVIDER |
    1     | T2    | PR2            | found
    2     | T2    |                |
    3     | Z13   | PR1            | found
    4     | Z1    | PR1            |
    5     | U4    | PR4            |
"""
