import polars as pl

from kith.checks.placement_words import is_one_of_the_providers
from kith.checks.rule import check
from kith.checks.words import given


@check("224", table="Episodes", fields="PLACE_PROVIDER URN Provider.PROVIDER_CODES")
def provider_is_of_another_sector() -> pl.Expr:
    """The code of the provider (PR1 to PR5) is not one that Ofsted's list has for the URN."""
    known = given("Provider.URN") & given("PLACE_PROVIDER")
    return known & ~is_one_of_the_providers("PLACE_PROVIDER", "PROVIDER_CODES")


EXAMPLES = """
    Episodes
    CHILD | PLACE_PROVIDER | URN     |
    1     | PR1            | SC1     |
    2     | PR2            | SC1     |
    3     | PR4            | SC1     | found
    4     | PR4            | SC2     | found
    5     | PR4            | XXXXXXX |
    6     |                | SC1     |

    Provider
    URN | PROVIDER_CODES |
    SC1 | PR1,PR2        |
    SC2 |                |
"""
