import polars as pl

from kith.checks.items import OC2_ITEMS
from kith.checks.rule import check
from kith.checks.words import is_other_than


@check("181", table="OC2", fields=" ".join(OC2_ITEMS))
def a_health_item_is_not_nought_or_one() -> pl.Expr:
    """One of the items told of a child looked after for 12 months is filled with something other than 0 or 1."""
    return pl.any_horizontal(is_other_than(item, "0 1") for item in OC2_ITEMS).fill_null(False)


EXAMPLES = """
    OC2
    CHILD | CONVICTED | HEALTH_CHECK | IMMUNISATIONS | TEETH_CHECK | HEALTH_ASSESSMENT | SUBSTANCE_MISUSE | INTERVENTION_RECEIVED | INTERVENTION_OFFERED |
    1     | 0         | 1            | 1             | 1           | 1                 | 1                | 0                     | 1                    |
    2     |           |              |               |             |                   |                  |                       |                      |
    3     | 2         |              | 1             | 1           | 1                 | 0                |                       |                      | found
    4     |           |              | 1             | 1           | 1                 | 1                | YES                   |                      | found
"""
