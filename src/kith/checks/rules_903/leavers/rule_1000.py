import polars as pl

from kith.checks.items import OC3_ITEMS
from kith.checks.rule import check
from kith.checks.words import any_given, col


@check("1000", table="OC3", fields=" ".join(OC3_ITEMS))
def a_care_leaver_died_in_care() -> pl.Expr:
    """An episode of the young person ended with death in care (E2), this year or last, so nothing can be told of
    a care leaver."""
    return col("child.died_in_care") & any_given(*OC3_ITEMS)


EXAMPLES = """
    Episodes
    CHILD | REC |
    1     | X1  |
    1     | E2  |
    2     | E4A |
    3     | E2  |

    LastYear.Episodes
    CHILD | REC |
    4     | E2  |

    OC3
    CHILD | IN_TOUCH | ACTIV | ACCOM |
    1     | YES      | F1    | B1    | found
    2     | YES      | F1    | B1    |
    3     |          |       |       |
    4     | DIED     | 0     | 0     | found
    5     | YES      | F1    | B1    |
"""
