import polars as pl

from kith.checks.rule import check
from kith.checks.words import YEAR_END, col


@check("100", table="Header", fields="ReferenceDate Year", severity="error")
def reference_date_is_not_the_last_day_of_the_year() -> pl.Expr:
    """The reference date is blank, or is not 31 March of the year that the header names."""
    day = col("ReferenceDate").dt
    year = pl.coalesce("Year", YEAR_END.dt.year())
    is_last_day = (day.year() == year) & (day.month() == 3) & (day.day() == 31)
    return ~is_last_day.fill_null(False)


EXAMPLES = """
    Header
    Year | ReferenceDate |
    2026 | 2026-03-31    |
    2026 | 2026-04-01    | found
    2026 | 2025-03-31    | found
    2026 |               | found
         | 2026-03-31    |
"""
