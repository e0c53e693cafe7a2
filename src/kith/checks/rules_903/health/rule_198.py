import polars as pl

from kith.checks.rule import check
from kith.checks.words import col, given


@check("198", table="OC2", fields="SDQ_REASON")
def a_reason_for_no_sdq_for_a_child_not_in_care_all_year() -> pl.Expr:
    """There is a reason for no strengths and difficulties (SDQ) score for a child who was not looked after on
    every day of the year, and so needs none."""
    return ~col("child.in_care_all_year") & given("SDQ_REASON")


EXAMPLES = """
    Episodes
    CHILD | DECOM      | DEC        | LS | REC | RNE |
    1     | 01/04/2026 |            | C2 |     | S   |
    2     | 01/04/2026 | 30/03/2027 | C2 | E8  | S   |
    3     | 02/04/2026 |            | C2 |     | S   |

    OC2
    CHILD | SDQ_REASON |
    1     | SDQ2       |
    2     | SDQ2       | found
    3     |            |
"""
