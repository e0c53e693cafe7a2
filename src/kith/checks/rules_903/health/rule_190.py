import polars as pl

from kith.checks.items import OC2_ITEMS
from kith.checks.rule import check
from kith.checks.words import any_given, col


@check("190", table="OC2", fields=" ".join(OC2_ITEMS))
def health_is_told_of_a_child_not_in_care_all_year() -> pl.Expr:
    """Health items are filled for a child who was not looked after on every day of the year."""
    return ~col("child.in_care_all_year") & any_given(*OC2_ITEMS)


EXAMPLES = """
    Episodes
    CHILD | DECOM      | DEC        | LS | REC | RNE |
    1     | 01/04/2026 |            | C2 |     | S   |
    2     | 02/04/2026 |            | C2 |     | S   |

    OC2
    CHILD | CONVICTED | HEALTH_CHECK | IMMUNISATIONS | TEETH_CHECK | HEALTH_ASSESSMENT | SUBSTANCE_MISUSE | INTERVENTION_RECEIVED | INTERVENTION_OFFERED |
    1     | 0         |              | 1             |             |                   |                  |                       |                      |
    2     |           |              | 1             |             |                   |                  |                       |                      | found
"""
