import polars as pl

from kith.checks.rule import check
from kith.checks.words import YEAR_END, blank, is_true, working_days_between


@check(
    "8675Q",
    table="Section47",
    fields="DateOfInitialCPC S47ActualStartDate ICPCnotRequired",
    severity="query",
)
def enquiry_is_past_its_15_working_days_with_no_conference() -> pl.Expr:
    """A section 47 enquiry began before the last 15 working days of the year, and has no initial conference.

    It is not marked as needing none. Check whether the conference was held.
    """
    needs_one = blank("DateOfInitialCPC") & ~is_true("ICPCnotRequired")
    return needs_one & (working_days_between("S47ActualStartDate", YEAR_END) >= 15)


EXAMPLES = """
    year 2023

    Section47
    LAchildID | S47ActualStartDate | DateOfInitialCPC | ICPCnotRequired |
    1         | 2023-01-27         |                  | false           | found
    2         | 2023-03-10         |                  | 0               | found
    3         | 2023-03-13         |                  | false           |
    4         | 2023-01-27         | 2023-02-10       | false           |
    5         | 2023-01-27         |                  | true            |
    6         |                    |                  | false           |
"""
