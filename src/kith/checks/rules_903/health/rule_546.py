import polars as pl

from kith.checks.rule import check
from kith.checks.words import YEAR_END, age_on, col, given


@check(
    "546",
    table="OC2",
    fields="DOB HEALTH_CHECK",
    note="""Asked of children in care all year, the only ones of whom health is told (190 tells of the rest).""",
)
def health_promotion_is_told_of_a_child_of_five() -> pl.Expr:
    """Health promotion checks are filled for a child in care all year who is 5 or over when it ends."""
    return (age_on("DOB", YEAR_END) >= 5) & col("child.in_care_all_year") & given("HEALTH_CHECK")


EXAMPLES = """
    Episodes
    CHILD | DECOM      | DEC | LS | REC | RNE |
    1     | 01/04/2026 |     | C2 |     | S   |
    2     | 01/04/2026 |     | C2 |     | S   |
    3     | 01/04/2026 |     | C2 |     | S   |
    4     | 02/04/2026 |     | C2 |     | S   |

    OC2
    CHILD | DOB        | HEALTH_CHECK |
    1     | 31/03/2022 | 1            | found
    2     | 01/04/2022 | 1            |
    3     | 31/03/2022 |              |
    4     | 31/03/2022 | 1            |
"""
