import polars as pl

from kith.checks.rule import check
from kith.checks.words import blank, col


@check(
    "4014",
    table="CINplanDates+CINplanDates",
    fields="CINPlanStartDate other.CINPlanStartDate other.CINPlanEndDate",
    severity="error",
    note="A plan that starts on the very day another ends overlaps with it.",
)
def plans_overlap() -> pl.Expr:
    """The child in need plan started while another of the child's was running; two cannot run at once."""
    start, other_start = col("CINPlanStartDate"), col("other.CINPlanStartDate")
    is_the_later = (start > other_start) | ((start == other_start) & (col("row") > col("other.row")))
    was_running = blank("other.CINPlanEndDate") | (start <= col("other.CINPlanEndDate"))
    return is_the_later & was_running


EXAMPLES = """
    CINplanDates
    LAchildID | CINPlanStartDate | CINPlanEndDate |
    1         | 2025-05-01       | 2025-06-01     |
    1         | 2025-06-01       | 2025-07-01     | found
    1         | 2025-07-02       |                |
    1         | 2025-09-02       | 2025-10-01     | found
    2         | 2025-05-01       |                |
    2         | 2025-05-01       |                | found
    3         | 2025-05-01       |                |
"""
