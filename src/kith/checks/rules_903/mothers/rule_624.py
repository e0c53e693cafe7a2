import polars as pl

from kith.checks.rule import check
from kith.checks.words import blank, col


@check(
    "624",
    table="Header",
    fields="MC_DOB LastYear.Header.MC_DOB",
    note="""A care leaver with neither status nor date is left out: rule 628 wants both blank for one who was not
    looked after in the year.""",
)
def mothers_child_has_another_birth_date_than_last_year() -> pl.Expr:
    """The date of birth of the young person's child is not, or no longer, what last year's return says."""
    was_told = col("LastYear.Header.MC_DOB").is_not_null()
    is_not_asked = blank("MOTHER", "MC_DOB") & col("child.has_care_leaver_row")
    return was_told & ~is_not_asked & col("MC_DOB").ne_missing(col("LastYear.Header.MC_DOB"))


EXAMPLES = """
    Header
    CHILD | MOTHER | MC_DOB     |
    1     | 1      | 01/05/2025 | found
    2     | 1      |            | found
    3     | 1      | 01/05/2025 |
    4     | 1      | 01/05/2025 |
    5     |        |            |
    6     | 1      |            | found
    7     |        |            | found

    LastYear.Header
    CHILD | MC_DOB     |
    1     | 02/05/2025 |
    2     | 02/05/2025 |
    3     | 01/05/2025 |
    4     |            |
    5     | 01/05/2025 |
    6     | 01/05/2025 |
    7     | 01/05/2025 |

    OC3
    CHILD | IN_TOUCH |
    5     | YES      |
    6     | YES      |
"""
