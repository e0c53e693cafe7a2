import polars as pl

from kith.checks.items import OC3_ITEMS
from kith.checks.rule import check
from kith.checks.words import YEAR_END, YEAR_START, any_given, birthday, blank, col


@check(
    "1007",
    table="OC3+Episodes",
    fields=" ".join(OC3_ITEMS),
    note="""An open tool loses this rule for the whole return for one care leaver born on 29 February, or one date
    that cannot be read; here the others are still checked.""",
)
def a_care_leaver_was_in_care_on_the_birthday() -> pl.Expr:
    """Something is told of a care leaver whose 17th or 18th birthday was in the year, but who was still looked
    after on that day."""
    return any_given(*OC3_ITEMS) & (_was_in_care_on_birthday(17) | _was_in_care_on_birthday(18))


def _was_in_care_on_birthday(age: int) -> pl.Expr:
    day = birthday("DOB", age)
    had_not_left = blank("other.DEC") | (col("other.DEC") > day)
    return day.is_between(YEAR_START, YEAR_END) & (col("other.DECOM") <= day) & had_not_left


EXAMPLES = """
    year 2026

    Episodes
    CHILD | DECOM      | DEC        |
    1     | 01/05/2024 | 02/06/2025 |
    2     | 01/05/2024 | 01/06/2025 |
    3     | 01/06/2025 |            |
    4     | 02/06/2025 |            |
    5     | 01/05/2024 |            |
    6     | 01/05/2024 | 02/06/2025 |
    7     | 01/05/2024 | ZZZ        |
    8     | 01/05/2024 | 01/03/2026 |
    9     | 01/05/2024 | 02/03/2026 |

    OC3
    CHILD | DOB        | IN_TOUCH | ACTIV | ACCOM |
    1     | 01/06/2008 | YES      | F1    | B1    | found
    2     | 01/06/2008 | YES      | F1    | B1    |
    3     | 01/06/2007 | YES      | F1    | B1    | found
    4     | 01/06/2008 | YES      | F1    | B1    |
    5     | 01/06/2006 | YES      | F1    | B1    |
    6     | 01/06/2008 |          |       |       |
    7     | 01/06/2008 | YES      | F1    | B1    |
    8     | 29/02/2008 | YES      | F1    | B1    |
    9     | 29/02/2008 | YES      | F1    | B1    | found
"""
