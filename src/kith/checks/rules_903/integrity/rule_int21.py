import polars as pl

from kith.checks.rule import check
from kith.checks.words import col


@check("INT21", table="UASC", fields="SEX Header.SEX")
def sex_in_uasc_differs_from_header() -> pl.Expr:
    """The sex in the table of unaccompanied asylum-seeking children (UASC) is not the one in Header."""
    return col("SEX") != col("Header.SEX")


EXAMPLES = """
    Header
    CHILD | SEX |
    1     | M   |
    2     | F   |
    3     |     |

    UASC
    CHILD | SEX |
    1     | F   | found
    2     | F   |
    3     | M   |
    4     | M   |
"""
