import polars as pl

from kith.checks.items import OC2_MAIN_ITEMS
from kith.checks.rule import check
from kith.checks.words import any_blank, given


@check("544", table="OC2", fields=" ".join(("CONVICTED", *OC2_MAIN_ITEMS)))
def convictions_are_told_but_not_health() -> pl.Expr:
    """Convictions are filled, yet immunisations, teeth checks, health assessments and substance misuse are not
    all filled."""
    return given("CONVICTED") & any_blank(*OC2_MAIN_ITEMS)


EXAMPLES = """
    OC2
    CHILD | CONVICTED | IMMUNISATIONS | TEETH_CHECK | HEALTH_ASSESSMENT | SUBSTANCE_MISUSE |
    1     | 0         | 1             | 1           | 1                 |                  | found
    2     | 0         | 1             | 1           | 1                 | 0                |
    3     |           | 1             |             |                   |                  |
"""
