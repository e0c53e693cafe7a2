import polars as pl

from kith.checks.rule import check
from kith.checks.words import blank, col, given, is_female, is_male


@check("165", table="Header", fields="MOTHER SEX OC3.IN_TOUCH OC3.ACTIV OC3.ACCOM")
def mother_status_is_not_valid() -> pl.Expr:
    """Whether the young person is a mother is told by something other than 0 or 1, or told of a male, or blank for
    a female looked after in the year (short breaks, V3 and V4, left out)."""
    is_invalid = given("MOTHER") & (is_male() | ~col("MOTHER").is_in([0, 1]).fill_null(False))
    return is_invalid | (blank("MOTHER") & is_female() & col("child.in_care_in_the_year"))


EXAMPLES = """
    Header
    CHILD | SEX | MOTHER |
    1     | F   | 0      |
    2     | F   |        | found
    3     | F   | 2      | found
    4     | M   | 1      | found
    5     | M   |        |
    6     | F   |        |
    7     | F   | X      | found
    8     | F   |        |

    Episodes
    CHILD | DECOM      | DEC        | LS |
    1     | 01/05/2026 |            | C2 |
    2     | 01/05/2025 | 01/04/2026 | C2 |
    5     | 01/05/2026 |            | C2 |
    6     | 01/05/2025 | 31/03/2026 | C2 |
    8     | 01/05/2026 |            | V3 |

    OC3
    CHILD | IN_TOUCH | ACTIV | ACCOM |
    3     | YES      | F1    | B1    |
"""
