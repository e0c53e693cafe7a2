import polars as pl

from kith.checks.rule import check
from kith.checks.words import col


@check("203", table="Header", fields="DOB LastYear.Header.DOB")
def date_of_birth_differs_from_last_year() -> pl.Expr:
    """The child's date of birth is not what last year's return says."""
    was_sent = col("LastYear.Header.row").is_not_null()
    return was_sent & col("DOB").ne_missing(col("LastYear.Header.DOB"))


EXAMPLES = """
    Header
    CHILD | DOB        |
    1     | 01/05/2012 | found
    2     | 1/05/2012  |
    3     | 01/05/2012 |
    4     |            | found
    5     |            |

    LastYear.Header
    CHILD | DOB        |
    1     | 02/05/2012 |
    2     | 01/05/2012 |
    4     | 01/05/2012 |
    5     |            |
"""
