import polars as pl

from kith.checks.rule import check
from kith.checks.words import YEAR_END, age_on, blank, col


@check("197B", table="OC2", fields="SDQ_SCORE SDQ_REASON DOB")
def no_sdq_at_four_or_seventeen() -> pl.Expr:
    """A child who was looked after all year and is 4 or 17 when it ends has neither a strengths and difficulties
    (SDQ) score nor a reason for having none."""
    return (
        col("child.in_care_all_year")
        & age_on("DOB", YEAR_END).is_in([4, 17])
        & blank("SDQ_SCORE", "SDQ_REASON")
    )


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
    1     | 31/03/2023 |           |            | found
    2     | 01/04/2023 |           |            |
    3     | 31/03/2010 |           |            | found
    4     | 31/03/2010 |           | SDQ1       |
    5     | 31/03/2010 |           |            |
"""
