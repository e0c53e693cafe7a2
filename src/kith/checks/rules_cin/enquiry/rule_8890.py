import polars as pl

from kith.checks.overlaps import begun_while_another_ran, runs_to
from kith.checks.rule import check
from kith.checks.views import Views
from kith.checks.words import is_true


@check(
    "8890",
    table="Section47",
    fields="S47ActualStartDate before.S47ActualStartDate before.DateOfInitialCPC",
    severity="error",
)
def enquiry_began_while_another_was_open(views: Views) -> pl.DataFrame:
    """A section 47 enquiry began on or before the day of the conference that ended an earlier one.

    Both are of the same referral. One with no conference is open still, unless it is marked as needing none.
    """
    until = runs_to("S47ActualStartDate", "DateOfInitialCPC", unless=is_true("ICPCnotRequired"))
    return begun_while_another_ran(views, "Section47", "S47ActualStartDate", until, of_the_same="referral")


EXAMPLES = """
    Section47
    LAchildID | CINdetailsID | S47ActualStartDate | DateOfInitialCPC | ICPCnotRequired |
    1         | 1            | 2025-05-26         | 2025-06-10       | false           |
    1         | 1            | 2025-06-02         |                  | true            | found
    2         | 2            | 2025-05-26         | 2025-06-10       | false           |
    2         | 2            | 2025-06-11         |                  | false           |
    3         | 3            | 2025-05-26         |                  | true            |
    3         | 3            | 2025-06-11         |                  | false           |
    4         | 4            | 2025-05-26         |                  | false           |
    4         | 4            | 2025-06-11         | 2025-06-20       | false           | found
    4         | 5            | 2025-06-12         | 2025-06-20       | false           |
"""
