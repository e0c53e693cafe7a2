import polars as pl

from kith.checks.placement_words import is_one_of_the_providers
from kith.checks.rule import check
from kith.checks.words import given


@check("219", table="Episodes", fields="URN PLACE Provider.PLACE_CODES")
def provider_has_no_such_placements() -> pl.Expr:
    """Ofsted's list does not have the provider with this URN down for this kind of placement."""
    known = given("Provider.URN") & given("PLACE")
    return known & ~is_one_of_the_providers("PLACE", "PLACE_CODES")


EXAMPLES = """
    Episodes
    CHILD | PLACE | URN     |
    1     | K2    | SC1     |
    2     | U4    | SC1     | found
    3     | U4    | SC2     |
    4     | U4    | SC3     | found
    5     | U4    | XXXXXXX |
    6     | U4    | SC9     |
    7     | U4    |         |
    8     |       | SC1     |

    Provider
    URN | PLACE_CODES |
    SC1 | K2          |
    SC2 | U1,U4, U5   |
    SC3 |             |
"""
