import polars as pl

from kith.checks.placement_words import is_one_of_the_providers
from kith.checks.rule import check
from kith.checks.words import given, is_one_of


@check(
    "221",
    table="Episodes",
    fields="PL_POST URN Provider.POSTCODE",
    note="""Which kinds of placement are compared is read off the years in which the rule was changed: homes,
    and supported accommodation (H5, then K3). Carers live elsewhere than their agency. A provider of
    supported accommodation has several settings: any of their postcodes will do.""",
)
def postcode_is_not_the_homes() -> pl.Expr:
    """The postcode of a placement in a home is other than the one Ofsted has for the URN."""
    is_a_home = is_one_of("PLACE", "H5 K1 K2 K3 R3 S1")
    both = given("PL_POST", "Provider.POSTCODE")
    return is_a_home & both & ~is_one_of_the_providers("PL_POST.bare", "POSTCODE")


EXAMPLES = """
    Episodes
    CHILD | PLACE | URN     | PL_POST |
    1     | K2    | SC1     | LS1 4DY |
    2     | K2    | SC1     | LS14DY  |
    3     | K2    | SC1     | LS1 4DZ | found
    4     | K3    | SC1     | LS1 4DZ | found
    5     | U4    | SC1     | LS1 4DZ |
    6     | K2    | XXXXXXX | LS1 4DZ |
    7     | K2    | SC1     |         |
    8     | K3    | SC2     | LS1 4DZ |
    9     | K3    | SC2     | LS1 4DX | found
    10    | K2    | SC3     | LS1 4DX |

    Provider
    URN | POSTCODE        |
    SC1 | LS1 4DY         |
    SC2 | LS1 4DY,LS1 4DZ |
    SC3 |                 |
"""
