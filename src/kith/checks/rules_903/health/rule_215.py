import polars as pl

from kith.checks.items import OC2_ITEMS, OC3_ITEMS, of
from kith.checks.rule import check
from kith.checks.words import any_given


@check("215", table="OC3", fields=" ".join((*OC3_ITEMS, *of("OC2", OC2_ITEMS))))
def a_care_leaver_has_health_items() -> pl.Expr:
    """Something is told of the young person as a care leaver (OC3), and also as a child looked after for 12
    months (OC2)."""
    return any_given(*OC3_ITEMS) & any_given(*of("OC2", OC2_ITEMS))


EXAMPLES = """
    OC3
    CHILD | IN_TOUCH | ACTIV | ACCOM |
    1     | YES      | F1    | B1    | found
    2     | YES      | F1    | B1    |
    3     |          |       |       |
    4     | YES      | F1    | B1    |

    OC2
    CHILD | CONVICTED | HEALTH_CHECK | IMMUNISATIONS | TEETH_CHECK | HEALTH_ASSESSMENT | SUBSTANCE_MISUSE | INTERVENTION_RECEIVED | INTERVENTION_OFFERED |
    1     |           |              |               |             | 1                 |                  |                       |                      |
    2     |           |              |               |             |                   |                  |                       |                      |
    3     | 1         |              |               |             |                   |                  |                       |                      |
"""
