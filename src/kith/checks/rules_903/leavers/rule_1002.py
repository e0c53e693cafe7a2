import polars as pl

from kith.checks.items import OC3_ITEMS
from kith.checks.rule import check
from kith.checks.words import col


@check(
    "1002",
    table="OC3",
    fields=" ".join(OC3_ITEMS),
    note="""Only this year's and last year's returns are looked at. A young person who was in care before them may
    be found wrongly.""",
)
def a_care_leaver_was_never_in_care() -> pl.Expr:
    """The young person is among the care leavers, but has no episode of care this year or last."""
    return (col("Episodes.count") == 0) & (col("LastYear.Episodes.count") == 0)


EXAMPLES = """
    Episodes
    CHILD | DECOM      |
    1     | 01/05/2026 |

    LastYear.Episodes
    CHILD | DECOM      |
    2     | 01/05/2025 |

    OC3
    CHILD | IN_TOUCH | ACTIV | ACCOM |
    1     | YES      | F1    | B1    |
    2     | YES      | F1    | B1    |
    3     | YES      | F1    | B1    | found
"""
