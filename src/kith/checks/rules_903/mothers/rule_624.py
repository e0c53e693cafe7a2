import polars as pl

from kith.checks.rule import check
from kith.checks.words import col


@check("624", table="Header", fields="MC_DOB LastYear.Header.MC_DOB")
def mothers_child_has_another_birth_date_than_last_year() -> pl.Expr:
    """The date of birth of the young person's child is not, or no longer, what last year's return says."""
    was_told = col("LastYear.Header.MC_DOB").is_not_null()
    return was_told & col("MC_DOB").ne_missing(col("LastYear.Header.MC_DOB"))


EXAMPLES = """
    Header
    CHILD | MC_DOB     |
    1     | 01/05/2025 | found
    2     |            | found
    3     | 01/05/2025 |
    4     | 01/05/2025 |

    LastYear.Header
    CHILD | MC_DOB     |
    1     | 02/05/2025 |
    2     | 02/05/2025 |
    3     | 01/05/2025 |
    4     |            |
"""
