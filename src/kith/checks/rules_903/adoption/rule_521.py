import polars as pl

from kith.checks.items import ADOPTION_PLACEMENTS
from kith.checks.rule import check
from kith.checks.words import col, is_one_of


@check("521", table="AD1+Episodes", fields="DATE_INT other.PLACE other.DECOM")
def placed_for_adoption_before_the_decision() -> pl.Expr:
    """The child was placed for adoption (A3 to A6) before the decision that adoption is best for the child
    (DATE_INT)."""
    return is_one_of("other.PLACE", ADOPTION_PLACEMENTS) & (col("DATE_INT") > col("other.DECOM"))


EXAMPLES = """
    Episodes
    CHILD | DECOM      | PLACE |
    1     | 01/01/2026 | U1    |
    1     | 01/05/2026 | A5    |
    2     | 01/05/2026 | U1    |

    AD1
    CHILD | DATE_INT   |
    1     | 02/05/2026 | found
    1     | 01/05/2026 |
    2     | 02/05/2026 |
"""
