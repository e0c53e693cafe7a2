import polars as pl

from kith.checks.items import OC3_ITEMS
from kith.checks.rule import check
from kith.checks.words import YEAR_END, YEAR_START, any_given, birthday, col, is_one_of


@check("1016", table="OC3", fields=" ".join(OC3_ITEMS), first_year=2024)
def a_care_leaver_left_care_after_the_birthday() -> pl.Expr:
    """Something is told of a care leaver whose 17th or 18th birthday was in the year, but who left care only after
    that day."""
    left_later = _left_after_birthday(17) | _left_after_birthday(18)
    return left_later & ~is_one_of("Episodes.latest.REC", "X1") & any_given(*OC3_ITEMS)


def _left_after_birthday(age: int) -> pl.Expr:
    day = birthday("DOB", age)
    return day.is_between(YEAR_START, YEAR_END) & (col("Episodes.latest.DEC") > day)


EXAMPLES = """
    Episodes
    CHILD | DECOM      | DEC        | REC |
    1     | 01/05/2025 | 01/05/2026 | X1  |
    1     | 01/05/2026 | 02/06/2026 | E4A |
    2     | 01/05/2025 | 01/06/2026 | E4A |
    3     | 01/05/2025 | 02/06/2026 | E5  |
    4     | 01/05/2025 | 02/06/2026 | E4A |
    5     | 01/05/2025 | 02/06/2026 | E4A |
    6     | 01/05/2025 |            |     |

    OC3
    CHILD | DOB        | IN_TOUCH | ACTIV | ACCOM |
    1     | 01/06/2009 | YES      | F1    | B1    | found
    2     | 01/06/2009 | YES      | F1    | B1    |
    3     | 01/06/2008 | YES      | F1    | B1    | found
    4     | 01/06/2007 | YES      | F1    | B1    |
    5     | 01/06/2009 |          |       |       |
    6     | 01/06/2009 | YES      | F1    | B1    |
"""
