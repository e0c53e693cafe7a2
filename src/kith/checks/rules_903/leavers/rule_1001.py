import polars as pl

from kith.checks.items import OC3_ITEMS
from kith.checks.rule import check
from kith.checks.words import any_given, col


@check(
    "1001",
    table="OC3",
    fields=" ".join(OC3_ITEMS),
    note="""Only this year's and last year's returns are looked at. A young person who was in care before them may
    be found wrongly.""",
)
def the_episodes_do_not_make_a_care_leaver() -> pl.Expr:
    """Something is told of a care leaver, but the young person's episodes do not add up to 13 weeks in care since
    the age of 14 with some of it at 16 or 17 (short breaks, V3 and V4, left out)."""
    return ~col("child.is_relevant") & any_given(*OC3_ITEMS)


EXAMPLES = """
    Header
    CHILD | DOB        |
    1     | 01/05/2009 |
    2     | 01/05/2009 |
    3     | 01/05/2009 |
    4     | 01/05/2009 |
    5     | 01/05/2009 |
    6     | 01/05/2009 |

    Episodes
    CHILD | DECOM      | DEC        | LS |
    1     | 01/03/2026 | 31/05/2026 | C2 |
    2     | 01/03/2026 | 30/05/2026 | C2 |
    5     | 01/03/2026 | 01/09/2026 | V4 |

    LastYear.Episodes
    CHILD | DECOM      | DEC        | LS |
    1     | 01/03/2026 |            | C2 |
    2     | 01/03/2026 |            | C2 |
    3     | 01/05/2024 | 01/05/2025 | C2 |
    4     | 01/05/2024 | 02/05/2025 | C2 |

    OC3
    CHILD | IN_TOUCH | ACTIV | ACCOM |
    1     | YES      | F1    | B1    |
    2     | YES      | F1    | B1    | found
    3     | YES      | F1    | B1    | found
    4     | YES      | F1    | B1    |
    5     | YES      | F1    | B1    | found
    6     | YES      | F1    | B1    |
"""
