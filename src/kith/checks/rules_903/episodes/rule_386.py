import polars as pl

from kith.checks.items import ADOPTED
from kith.checks.rule import check
from kith.checks.words import birthday, col, is_one_of


@check("386", table="Episodes", fields="REC DEC Header.DOB")
def adopted_at_18_or_over() -> pl.Expr:
    """A young person is said to have been adopted (E11 or E12) on or after their 18th birthday."""
    return is_one_of("REC", ADOPTED) & (col("DEC") >= birthday("Header.DOB", 18))


EXAMPLES = """
    Header
    CHILD | DOB        |
    1     | 01/05/2008 |
    2     | 02/05/2008 |

    Episodes
    CHILD | DEC        | REC |
    1     | 01/05/2026 | E11 | found
    1     | 01/05/2026 | E12 | found
    1     | 01/05/2026 | E13 |
    1     |            | E11 |
    2     | 01/05/2026 | E12 |
"""
