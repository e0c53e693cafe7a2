import polars as pl

from kith.checks.items import ADOPTED
from kith.checks.rule import check
from kith.checks.words import col, is_one_of


@check("331", table="AD1+Episodes", fields="DATE_MATCH other.DECOM other.REC")
def the_match_comes_after_the_placement() -> pl.Expr:
    """Child and adopters were matched after the placement began that ended with adoption (E11 or E12)."""
    return is_one_of("other.REC", ADOPTED) & (col("DATE_MATCH") > col("other.DECOM"))


EXAMPLES = """
    Episodes
    CHILD | DECOM      | REC |
    1     | 01/01/2026 | X1  |
    1     | 01/06/2026 | E11 |
    2     | 01/06/2026 | E12 |
    3     | 01/06/2026 | E4A |

    AD1
    CHILD | DATE_MATCH |
    1     | 01/06/2026 |
    2     | 02/06/2026 | found
    3     | 02/06/2026 |
"""
