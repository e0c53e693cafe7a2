import polars as pl

from kith.checks.rule import check
from kith.checks.words import col


@check("8615", table="Section47", fields="S47ActualStartDate DateOfInitialCPC", severity="error")
def enquiry_has_no_start_or_starts_after_its_conference() -> pl.Expr:
    """The section 47 enquiry has no start date that can be read, or starts after its initial conference."""
    start = col("S47ActualStartDate")
    return start.is_null() | (start > col("DateOfInitialCPC"))


EXAMPLES = """
    Section47
    LAchildID | S47ActualStartDate | DateOfInitialCPC |
    1         |                    | 2025-06-02       | found
    2         | 2025-06-03         | 2025-06-02       | found
    3         | 2025-06-02         | 2025-06-02       |
    4         | 2025-06-02         |                  |
    5         | 2025-06-31         |                  | found
"""
