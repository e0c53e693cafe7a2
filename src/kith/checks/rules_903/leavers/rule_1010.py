import polars as pl

from kith.checks.items import OC3_ITEMS
from kith.checks.rule import check
from kith.checks.words import blank, col


@check("1010", table="OC3", fields=" ".join(OC3_ITEMS))
def the_last_episode_of_a_care_leaver_was_left_open() -> pl.Expr:
    """The young person is among the care leavers and has no episode this year, but the last episode of last year's
    return was still open."""
    was_open = col("LastYear.Episodes.latest.row").is_not_null() & blank("LastYear.Episodes.latest.DEC")
    return (col("Episodes.count") == 0) & was_open


EXAMPLES = """
    Episodes
    CHILD | DECOM      | DEC        |
    1     | 01/05/2025 | 01/05/2026 |

    LastYear.Episodes
    CHILD | DECOM      | DEC        |
    1     | 01/05/2025 |            |
    2     | 01/05/2025 |            |
    3     | 01/05/2025 |            |
    3     | 01/06/2025 | 01/09/2025 |

    OC3
    CHILD | IN_TOUCH | ACTIV | ACCOM |
    1     | YES      | F1    | B1    |
    2     | YES      | F1    | B1    | found
    3     | YES      | F1    | B1    |
    4     | YES      | F1    | B1    |
"""
