import polars as pl

from kith.checks.rule import check
from kith.checks.words import any_given, col, given


@check("628", table="Header", fields="MOTHER OC3.IN_TOUCH OC3.ACTIV OC3.ACCOM")
def a_care_leaver_is_told_to_be_a_mother() -> pl.Expr:
    """Whether she is a mother is told of a care leaver who was not looked after in the year, for whom it is not asked."""
    is_care_leaver = any_given("OC3.IN_TOUCH", "OC3.ACTIV", "OC3.ACCOM")
    return given("MOTHER") & is_care_leaver & ~col("child.in_care_in_the_year")


EXAMPLES = """
    Header
    CHILD | MOTHER |
    1     | 1      | found
    2     |        |
    3     | 1      |
    4     | 0      |
    5     | 0      | found

    Episodes
    CHILD | DECOM      | DEC        | LS |
    1     | 01/05/2025 | 31/03/2026 | C2 |
    3     | 01/05/2025 | 01/04/2026 | C2 |

    OC3
    CHILD | IN_TOUCH | ACTIV | ACCOM |
    1     | YES      | F1    | B1    |
    2     | YES      | F1    | B1    |
    3     | YES      | F1    | B1    |
    4     |          |       |       |
    5     | NO       |       |       |
"""
