import polars as pl

from kith.checks.items import OC2_ITEMS, OC2_MAIN_ITEMS
from kith.checks.rule import check
from kith.checks.words import any_blank, any_given


@check("182", table="OC2", fields=" ".join(OC2_ITEMS))
def health_is_told_in_part() -> pl.Expr:
    """Something is told of the child's health or convictions, yet immunisations, teeth checks, health
    assessments and substance misuse are not all filled. Fill the four, or leave every item blank."""
    return any_given(*OC2_ITEMS) & any_blank(*OC2_MAIN_ITEMS)


EXAMPLES = """
    OC2
    CHILD | CONVICTED | HEALTH_CHECK | IMMUNISATIONS | TEETH_CHECK | HEALTH_ASSESSMENT | SUBSTANCE_MISUSE | INTERVENTION_RECEIVED | INTERVENTION_OFFERED |
    1     |           |              | 1             | 1           | 1                 | 0                |                       |                      |
    2     |           |              |               |             |                   |                  |                       |                      |
    3     | 0         |              | 1             | 1           | 1                 |                  |                       |                      | found
    4     |           |              |               |             |                   |                  |                       | 1                    | found
"""
