import polars as pl

from kith.checks.items import ADOPTED
from kith.checks.rule import check
from kith.checks.words import col, is_one_of


@check("582", table="Episodes", fields="DEC REC AD1.DATE_MATCH")
def adopted_on_the_day_of_the_match() -> pl.Expr:
    """The child was adopted (E11 or E12) on the very day of the match with the adopters; the match is mostly some
    time before."""
    return is_one_of("REC", ADOPTED) & (col("DEC") == col("AD1.DATE_MATCH"))


EXAMPLES = """
    Episodes
    CHILD | DEC        | REC |
    1     | 01/05/2026 | E11 | found
    2     | 02/05/2026 | E12 |
    3     | 01/05/2026 | E4A |

    AD1
    CHILD | DATE_MATCH |
    1     | 01/05/2026 |
    2     | 01/05/2026 |
    3     | 01/05/2026 |
"""
