import polars as pl

from kith.checks.rule import check
from kith.checks.words import blank, how_many


@check(
    "4004",
    table="CINplanDates",
    fields="CINPlanEndDate",
    severity="error",
    note="Asked of the plans of one referral.",
)
def more_than_one_plan_is_open() -> pl.Expr:
    """The referral has more than one child in need plan without an end date."""
    is_open = blank("CINPlanEndDate")
    return is_open & (how_many(is_open, of_the_same="referral") > 1)


EXAMPLES = """
    CINplanDates
    LAchildID | CINdetailsID | CINPlanStartDate | CINPlanEndDate |
    1         | 1            | 2025-05-01       |                | found
    1         | 1            | 2025-06-01       |                | found
    1         | 1            | 2025-04-01       | 2025-05-01     |
    1         | 2            | 2025-05-01       |                |
    2         | 1            | 2025-05-01       |                |
    2         | 1            | 2025-04-01       | 2025-05-01     |
              | 1            | 2025-05-01       |                |
              | 1            | 2025-06-01       |                |
"""
