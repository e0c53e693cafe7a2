import polars as pl

from kith.checks.rule import check
from kith.checks.words import blank, col


@check(
    "4003",
    table="Reviews+CINplanDates",
    fields="CPPreviewDate ChildProtectionPlans.CPPendDate other.CINPlanStartDate other.CINPlanEndDate",
    severity="error",
    note="""A review that ended the child protection plan may be held on the day the child in need plan starts.
        An open tool reads only the first of several review dates; Kith reads them all.""",
)
def review_is_held_during_a_plan() -> pl.Expr:
    """A review of a child protection plan was held while the child had a child in need plan instead."""
    review = col("CPPreviewDate")
    had_not_ended = blank("other.CINPlanEndDate") | (review < col("other.CINPlanEndDate"))
    ended_protection = review.eq(col("ChildProtectionPlans.CPPendDate")).fill_null(False)
    return (review >= col("other.CINPlanStartDate")) & had_not_ended & ~ended_protection


EXAMPLES = """
    CINplanDates
    LAchildID | CINPlanStartDate | CINPlanEndDate |
    1         | 2025-05-01       | 2025-06-01     |
    2         | 2025-05-01       |                |
    3         | 2025-05-01       | 2025-06-01     |

    ChildProtectionPlans
    LAchildID | CPPID | CPPendDate |
    1         | 1     |            |
    2         | 2     | 2025-05-01 |
    3         | 3     | 2025-07-01 |

    Reviews
    LAchildID | CPPID | CPPreviewDate |
    1         | 1     | 2025-04-30    |
    1         | 1     | 2025-05-01    | found
    1         | 1     | 2025-05-31    | found
    1         | 1     | 2025-06-01    |
    2         | 2     | 2025-05-01    |
    3         | 3     | 2025-05-20    | found
"""
