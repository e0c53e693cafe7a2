import polars as pl

from kith.checks.rule import check
from kith.checks.words import YEAR_START, col


@check("626", table="Header", fields="MOTHER MC_DOB LastYear.Header.MOTHER")
def a_new_mothers_child_was_born_before_the_year() -> pl.Expr:
    """Last year's return says that the young person is no mother; this year's says that she is, of a child born
    before the year began."""
    became_a_mother = (col("MOTHER") == 1) & (col("LastYear.Header.MOTHER") == 0)
    return became_a_mother & (col("MC_DOB") < YEAR_START)


EXAMPLES = """
    Header
    CHILD | MOTHER | MC_DOB     |
    1     | 1      | 31/03/2026 | found
    2     | 1      | 01/04/2026 |
    3     | 1      | 31/03/2026 |
    4     | 1      | 31/03/2026 |
    5     | 1      |            |

    LastYear.Header
    CHILD | MOTHER |
    1     | 0      |
    2     | 0      |
    3     | 1      |
    4     |        |
    5     | 0      |
"""
