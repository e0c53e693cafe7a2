from datetime import date

import polars as pl

from kith.checks.placement_words import without_spaces
from kith.checks.rule import check
from kith.checks.words import YEAR_END, is_one_of


@check(
    "221",
    table="Episodes",
    fields="PL_POST URN Provider.POSTCODE",
    note="Which kinds of placement are compared is read off the years in which the rule was changed: homes (K1, K2, R3, S1), H5 from 2023-24 and K3 from 2024-25. Carers live elsewhere than their agency.",
)
def postcode_is_not_the_homes() -> pl.Expr:
    """The postcode of a placement in a home is other than the one Ofsted has for the URN."""
    is_a_home = is_one_of("PLACE", "K1 K2 R3 S1") | (
        is_one_of("PLACE", "H5 K3") & (date(2024, 3, 31) <= YEAR_END)
    )
    return is_a_home & (without_spaces("PL_POST") != without_spaces("Provider.POSTCODE"))


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

    Provider
    URN | POSTCODE |
    SC1 | LS1 4DY  |
"""
