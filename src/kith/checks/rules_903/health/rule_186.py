import polars as pl

from kith.checks.rule import check
from kith.checks.words import YEAR_END, YEAR_START, age_on, blank, col


@check("186", table="OC2", fields="SDQ_SCORE")
def no_sdq_score_for_a_child_in_care_all_year() -> pl.Expr:
    """A child who was looked after all year, and was 4 or over when it began and under 17 when it ended, has
    neither a strengths and difficulties (SDQ) score nor a reason for having none."""
    right_age = (age_on("DOB", YEAR_START) >= 4) & (age_on("DOB", YEAR_END) < 17)
    return col("child.in_care_all_year") & right_age & blank("SDQ_SCORE", "SDQ_REASON")


EXAMPLES = """
    Episodes
    CHILD | DECOM      | DEC | LS | REC | RNE |
    1     | 01/05/2024 |     | C2 |     | S   |
    2     | 01/05/2024 |     | C2 |     | S   |
    3     | 01/05/2024 |     | C2 |     | S   |
    4     | 01/05/2024 |     | C2 |     | S   |
    5     | 02/04/2026 |     | C2 |     | S   |

    OC2
    CHILD | DOB        | SDQ_SCORE | SDQ_REASON |
    1     | 01/04/2022 |           |            | found
    2     | 02/04/2022 |           |            |
    3     | 01/04/2016 |           | SDQ2       |
    4     | 31/03/2010 |           |            |
    5     | 01/04/2016 |           |            |
"""
