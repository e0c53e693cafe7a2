import polars as pl

from kith.checks.items import OC2_MAIN_ITEMS
from kith.checks.rule import check
from kith.checks.words import any_blank, given


@check("547", table="OC2", fields=" ".join(("HEALTH_CHECK", *OC2_MAIN_ITEMS)))
def health_promotion_is_told_but_not_health() -> pl.Expr:
    """Health promotion checks are filled, yet immunisations, teeth checks, health assessments and substance
    misuse are not all filled."""
    return given("HEALTH_CHECK") & any_blank(*OC2_MAIN_ITEMS)


EXAMPLES = """
    OC2
    CHILD | HEALTH_CHECK | IMMUNISATIONS | TEETH_CHECK | HEALTH_ASSESSMENT | SUBSTANCE_MISUSE |
    1     | 0            | 1             | 1           | 1                 |                  | found
    2     | 0            | 1             | 1           | 1                 | 0                |
    3     |              | 1             |             |                   |                  |
"""
