import polars as pl

from kith.checks.rule import check
from kith.checks.words import col


@check("204", table="Header", fields="ETHNIC LastYear.Header.ETHNIC")
def ethnicity_differs_from_last_year() -> pl.Expr:
    """The child's ethnicity is not what last year's return says."""
    was_sent = col("LastYear.Header.row").is_not_null()
    return was_sent & col("ETHNIC").ne_missing(col("LastYear.Header.ETHNIC"))


EXAMPLES = """
    Header
    CHILD | ETHNIC |
    1     | WBRI   | found
    2     | wbri   |
    3     | WBRI   |
    4     |        | found
    5     |        |
    6     | WBRI   | found

    LastYear.Header
    CHILD | ETHNIC |
    1     | NOBT   |
    2     | WBRI   |
    4     | WBRI   |
    5     |        |
    6     |        |
"""
