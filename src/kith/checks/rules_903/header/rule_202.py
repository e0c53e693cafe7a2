import polars as pl

from kith.checks.rule import check
from kith.checks.words import col


def _letter(column: str) -> pl.Expr:
    return col(column).replace({"1": "M", "2": "F"})


@check("202", table="Header", fields="SEX LastYear.Header.SEX")
def sex_differs_from_last_year() -> pl.Expr:
    """The child's sex is not what last year's return says. Male is M, or 1 until 2023-24; female is F, or 2."""
    return col("LastYear.Header.row").is_not_null() & _letter("SEX").ne_missing(
        _letter("LastYear.Header.SEX")
    )


EXAMPLES = """
    Header
    CHILD | SEX |
    1     | M   | found
    2     | F   |
    3     | M   |
    4     | F   |
    5     |     | found
    6     |     |

    LastYear.Header
    CHILD | SEX |
    1     | F   |
    2     | F   |
    3     | 1   |
    5     | M   |
    6     |     |
"""
