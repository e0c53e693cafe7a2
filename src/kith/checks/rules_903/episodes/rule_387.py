import polars as pl

from kith.checks.rule import check
from kith.checks.words import birthday, col, is_one_of


@check("387", table="Episodes", fields="REC DEC Header.DOB")
def moved_to_independent_living_under_14() -> pl.Expr:
    """A child under 14 is said to have left care for independent living (E5 or E6)."""
    return is_one_of("REC", "E5 E6") & (col("DEC") < birthday("Header.DOB", 14))


EXAMPLES = """
    Header
    CHILD | DOB        |
    1     | 02/05/2012 |
    2     | 01/05/2012 |

    Episodes
    CHILD | DEC        | REC |
    1     | 01/05/2026 | E5  | found
    1     | 01/05/2026 | E6  | found
    1     | 01/05/2026 | E3  |
    2     | 01/05/2026 | E6  |
"""
