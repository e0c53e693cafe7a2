import polars as pl

from kith.checks.overlaps import begun_while_another_ran, runs_to
from kith.checks.rule import check
from kith.checks.views import Views
from kith.checks.words import is_true


@check(
    "8820",
    table="CINdetails",
    fields="CINreferralDate CINclosureDate before.CINreferralDate before.CINclosureDate",
    severity="error",
)
def cases_of_a_child_overlap(views: Views) -> pl.DataFrame:
    """The child was referred again on or before the day an earlier case was closed.

    A case with no closure date is open still; a referral with no further action and no closure date is over
    on its day.
    """
    until = runs_to("CINreferralDate", "CINclosureDate", unless=is_true("ReferralNFA"))
    return begun_while_another_ran(views, "CINdetails", "CINreferralDate", until, of_the_same="LAchildID")


EXAMPLES = """
    CINdetails
    LAchildID | CINreferralDate | CINclosureDate | ReferralNFA |
    1         | 2025-05-26      | 2025-10-26     | false       |
    1         | 2025-08-26      | 2025-12-26     | false       | found
    2         | 2025-05-26      | 2025-10-25     | false       |
    2         | 2025-10-26      |                | false       |
    3         | 2025-05-26      |                | false       |
    3         | 2025-08-26      | 2025-10-26     | false       | found
    4         | 2025-05-26      | 2025-10-26     | false       |
    4         | 2025-10-26      |                | false       | found
    5         | 2025-05-26      |                | true        |
    5         | 2025-10-26      |                | false       |
    6         |                 | 2025-10-26     | false       |
    6         | 2025-05-26      | 2025-10-26     | false       |
"""
