import polars as pl

from kith.checks.overlaps import begun_while_another_ran, runs_to
from kith.checks.rule import check
from kith.checks.views import Views


@check(
    "4014",
    table="CINplanDates",
    fields="CINPlanStartDate before.CINPlanStartDate before.CINPlanEndDate",
    severity="error",
    note="A plan that starts on the very day another ends overlaps with it.",
)
def plans_overlap(views: Views) -> pl.DataFrame:
    """The child in need plan started while another of the child's was running; two cannot run at once."""
    until = runs_to("CINPlanStartDate", "CINPlanEndDate")
    return begun_while_another_ran(views, "CINplanDates", "CINPlanStartDate", until, of_the_same="LAchildID")


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
