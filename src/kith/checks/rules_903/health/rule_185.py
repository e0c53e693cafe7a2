import polars as pl

from kith.checks.rule import check
from kith.checks.words import col, given


@check("185", table="OC2", fields="SDQ_SCORE")
def an_sdq_score_for_a_child_not_in_care_all_year() -> pl.Expr:
    """There is a strengths and difficulties (SDQ) score for a child who was not looked after on every day of
    the year."""
    return ~col("child.in_care_all_year") & given("SDQ_SCORE")


EXAMPLES = """
    Episodes
    CHILD | DECOM      | DEC        | LS | REC | RNE |
    1     | 01/04/2026 |            | C2 |     | S   |
    2     | 02/04/2026 |            | C2 |     | S   |
    3     | 01/04/2026 | 30/09/2026 | V3 | E8  | S   |
    4     | 01/04/2026 | 30/09/2026 | C2 | X1  | S   |
    4     | 30/09/2026 |            | C2 |     | P   |
    5     | 02/04/2026 |            | C2 |     | S   |

    OC2
    CHILD | SDQ_SCORE |
    1     | 12        |
    2     | 12        | found
    3     | 12        | found
    4     | 12        |
    5     |           |
    6     | 12        | found
"""
