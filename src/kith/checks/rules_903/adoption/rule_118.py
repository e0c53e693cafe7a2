import polars as pl

from kith.checks.rule import check
from kith.checks.words import YEAR_START, col


@check(
    "118",
    table="PlacedAdoption+Episodes",
    fields="DATE_PLACED_CEASED other.DECOM other.LS",
    note="""An open tool loses this rule for the whole return when one child has no readable DECOM; here the other
    children are still checked.""",
)
def a_reversal_comes_too_early() -> pl.Expr:
    """The decision that the child should no longer be placed for adoption is dated before the year began, or
    before the child's first episode in care (short breaks, V3 and V4, left out)."""
    ceased = col("DATE_PLACED_CEASED")
    return col("other.care.is_first") & ((ceased < YEAR_START) | (ceased < col("other.DECOM")))


EXAMPLES = """
    Episodes
    CHILD | DECOM      | LS |
    1     | 01/01/2025 | E1 |
    2     | 01/05/2026 | V3 |
    2     | 01/07/2026 | C2 |
    2     | 01/09/2026 | E1 |
    3     |            | C2 |
    3     | 01/05/2026 | C2 |

    PlacedAdoption
    CHILD | DATE_PLACED_CEASED |
    1     | 31/03/2026         | found
    1     | 01/04/2026         |
    2     | 30/06/2026         | found
    2     | 01/07/2026         |
    3     | 30/04/2026         | found
    3     |                    |
"""
