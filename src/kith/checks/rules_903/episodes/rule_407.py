import polars as pl

from kith.checks.rule import check
from kith.checks.words import birthday, col, is_one_of


@check("407", table="Episodes", fields="DEC REC Header.DOB")
def special_guardianship_at_18_or_over() -> pl.Expr:
    """A young person is said to have left care for special guardianship (E45 to E48) on or after their 18th
    birthday."""
    return is_one_of("REC", "E45 E46 E47 E48") & (col("DEC") >= birthday("Header.DOB", 18))


EXAMPLES = """
    Header
    CHILD | DOB        |
    1     | 01/05/2008 |
    2     | 02/05/2008 |

    Episodes
    CHILD | DEC        | REC |
    1     | 01/05/2026 | E45 | found
    1     | 01/05/2026 | E48 | found
    1     | 01/05/2026 | E41 |
    2     | 01/05/2026 | E46 |
"""
