import polars as pl

from kith.checks.rule import check
from kith.checks.words import any_given, col


@check("1014", table="UASC", fields="DUC OC3.IN_TOUCH OC3.ACTIV OC3.ACCOM")
def a_care_leaver_has_unaccompanied_status() -> pl.Expr:
    """A care leaver who was not looked after in the year is in the table of unaccompanied asylum-seeking children,
    where it is not asked."""
    is_care_leaver = any_given("OC3.IN_TOUCH", "OC3.ACTIV", "OC3.ACCOM")
    return is_care_leaver & ~col("child.in_care_in_the_year")


EXAMPLES = """
    UASC
    CHILD | DUC        |
    1     | 01/05/2025 | found
    2     | 01/05/2025 |
    3     | 01/05/2025 |
    4     |            | found

    Episodes
    CHILD | DECOM      | DEC        | LS |
    1     | 01/05/2025 | 31/03/2026 | C2 |
    2     | 01/05/2025 | 01/04/2026 | C2 |

    OC3
    CHILD | IN_TOUCH | ACTIV | ACCOM |
    1     | YES      | F1    | B1    |
    2     | YES      | F1    | B1    |
    3     |          |       |       |
    4     | NO       |       |       |
"""
