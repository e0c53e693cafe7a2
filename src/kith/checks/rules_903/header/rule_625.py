import polars as pl

from kith.checks.rule import check
from kith.checks.words import YEAR_END, col


@check("625", table="Episodes", fields="DEC Header.MC_DOB")
def a_mothers_first_child_is_born_after_she_left() -> pl.Expr:
    """The birth of a young mother's first child is given as after the last day of the year, or after the day
    on which she last left care."""
    born = col("Header.MC_DOB")
    return col("is_last_to_end") & ((born > YEAR_END) | (born > col("DEC")).fill_null(False))


EXAMPLES = """
    Header
    CHILD | MC_DOB     |
    1     | 01/04/2027 |
    2     | 02/06/2026 |
    3     | 01/06/2026 |
    4     |            |

    Episodes
    CHILD | DEC        |
    1     |            | found
    2     | 01/05/2026 |
    2     | 01/06/2026 | found
    3     | 01/05/2026 |
    3     | 01/06/2026 |
    4     | 01/06/2026 |
"""
