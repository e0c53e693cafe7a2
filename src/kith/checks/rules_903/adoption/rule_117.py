import polars as pl

from kith.checks.rule import check
from kith.checks.words import YEAR_END, col, is_other_than


@check(
    "117",
    table="PlacedAdoption",
    fields="DATE_PLACED_CEASED DATE_PLACED Episodes.latest.DEC Episodes.latest.REC Episodes.latest.DECOM",
)
def a_decision_on_adoption_comes_too_late() -> pl.Expr:
    """A decision that the child should, or should no longer, be placed for adoption is dated after the year
    ended, or after the child left care."""
    has_left = is_other_than("Episodes.latest.REC", "X1")
    latest = pl.max_horizontal("DATE_PLACED", "DATE_PLACED_CEASED")
    return (latest > YEAR_END) | (has_left & (latest > col("Episodes.latest.DEC")))


EXAMPLES = """
    Episodes
    CHILD | DECOM      | DEC        | REC |
    1     | 01/05/2025 | 01/06/2026 | E4A |
    2     | 01/05/2025 | 01/06/2026 | E4A |
    3     | 01/05/2025 |            |     |
    4     | 01/05/2025 | 01/06/2026 | E4A |
    4     | 01/09/2026 |            |     |

    PlacedAdoption
    CHILD | DATE_PLACED | DATE_PLACED_CEASED |
    1     | 01/06/2026  |                    |
    1     | 02/06/2026  |                    | found
    2     | 01/01/2026  | 02/06/2026         | found
    3     | 31/03/2027  |                    |
    3     | 01/04/2027  |                    | found
    4     | 01/10/2026  |                    |
    5     |             | 01/04/2027         | found
"""
