import polars as pl

from kith.checks.rule import check
from kith.checks.words import YEAR_END, blank, col, is_in_the_year, is_true


@check(
    "8740",
    table="Section47",
    fields="S47ActualStartDate DateOfInitialCPC ICPCnotRequired",
    severity="error",
)
def enquiry_without_a_conference_began_outside_the_year() -> pl.Expr:
    """A section 47 enquiry with no initial conference by 31 March began outside the census year.

    It is not marked as needing no conference.
    """
    had_none = blank("DateOfInitialCPC") | (col("DateOfInitialCPC") > YEAR_END)
    return had_none & ~is_true("ICPCnotRequired") & ~is_in_the_year("S47ActualStartDate")


EXAMPLES = """
    Section47
    LAchildID | S47ActualStartDate | DateOfInitialCPC | ICPCnotRequired |
    1         | 2025-03-31         |                  | false           | found
    2         | 2025-04-01         |                  | false           |
    3         | 2025-03-31         | 2025-04-10       | false           |
    4         | 2025-03-31         | 2026-04-01       | 0               | found
    5         | 2025-03-31         |                  | 1               |
    6         | 2026-04-01         |                  | 0               | found
"""
