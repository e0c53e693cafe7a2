import polars as pl

from kith.checks.rule import check
from kith.checks.words import birthday, col, is_one_of


@check("460", table="Episodes", fields="DEC REC Header.DOB")
def stayed_with_carers_as_an_adult_under_18() -> pl.Expr:
    """A child under 18 is said to have left care to stay with their carers as an adult (E17)."""
    return is_one_of("REC", "E17") & (col("DEC") < birthday("Header.DOB", 18))


EXAMPLES = """
    Header
    CHILD | DOB        |
    1     | 02/05/2008 |
    2     | 01/05/2008 |

    Episodes
    CHILD | DEC        | REC |
    1     | 01/05/2026 | E17 | found
    1     | 01/05/2026 | E3  |
    2     | 01/05/2026 | E17 |
"""
