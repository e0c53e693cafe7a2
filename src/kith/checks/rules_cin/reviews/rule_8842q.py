import polars as pl

from kith.checks.rule import check
from kith.checks.words import col


@check(
    "8842Q",
    table="Reviews",
    fields="CPPreviewDate",
    severity="query",
    note="An open tool reads only the first of several review dates; Kith reads them all.",
)
def review_has_no_date() -> pl.Expr:
    """A review of a child protection plan has no date, or one that cannot be read."""
    return col("CPPreviewDate").is_null()


EXAMPLES = """
    Reviews
    LAchildID | CPPID | CPPreviewDate |
    1         | 1     | 2025-06-02    |
    1         | 1     |               | found
    2         | 2     | 2025-06-31    | found
"""
