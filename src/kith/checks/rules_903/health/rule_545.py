import polars as pl

from kith.checks.rule import check
from kith.checks.words import YEAR_END, age_on, blank, col


@check("545", table="OC2", fields="DOB HEALTH_CHECK")
def health_promotion_is_not_told_of_a_child_under_five() -> pl.Expr:
    """A child who was looked after all year and is under 5 when it ends has nothing told of health promotion
    checks."""
    return (age_on("DOB", YEAR_END) < 5) & col("child.in_care_all_year") & blank("HEALTH_CHECK")


EXAMPLES = """
    Episodes
    CHILD | DECOM      | DEC | LS | REC | RNE |
    1     | 01/04/2026 |     | C2 |     | S   |
    2     | 01/04/2026 |     | C2 |     | S   |
    3     | 01/04/2026 |     | C2 |     | S   |
    4     | 02/04/2026 |     | C2 |     | S   |

    OC2
    CHILD | DOB        | HEALTH_CHECK |
    1     | 01/04/2022 |              | found
    2     | 31/03/2022 |              |
    3     | 01/04/2022 | 0            |
    4     | 01/04/2022 |              |
"""
