import polars as pl

from kith.checks.items import AD1_ITEMS, OC3_ITEMS, of
from kith.checks.rule import check
from kith.checks.words import any_given


@check("134", table="OC3", fields=" ".join((*OC3_ITEMS, *of("AD1", AD1_ITEMS))))
def a_care_leaver_has_adoption_items() -> pl.Expr:
    """Something is told of the young person as a care leaver (OC3), and also as an adopted child (AD1)."""
    return any_given(*OC3_ITEMS) & any_given(*of("AD1", AD1_ITEMS))


EXAMPLES = """
    OC3
    CHILD | IN_TOUCH | ACTIV | ACCOM |
    1     | YES      | F1    | B1    | found
    2     | YES      | F1    | B1    |
    3     |          |       |       |
    4     | YES      | F1    | B1    |

    AD1
    CHILD | DATE_INT   | DATE_MATCH | FOSTER_CARE | NB_ADOPTR | SEX_ADOPTR | LS_ADOPTR |
    1     |            |            |             | 1         |            |           |
    2     |            |            |             |           |            |           |
    3     | 01/05/2026 |            |             |           |            |           |
"""
