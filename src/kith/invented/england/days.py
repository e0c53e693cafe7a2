"""Days of the year 2019-20 as whole numbers: 0 is 1 April 2019, 365 is 31 March 2020."""

from datetime import date

import polars as pl

YEAR = 2020
FIRST, LAST = 0, 365
A_YEAR = 365.25
_EPOCH = (date(2019, 4, 1) - date(1970, 1, 1)).days


def as_date(day: pl.Expr | str) -> pl.Expr:
    """The date of a numbered day; null for null."""
    number = pl.col(day) if isinstance(day, str) else day
    return (number + _EPOCH).cast(pl.Int32).cast(pl.Date)


def as_number(day: pl.Expr) -> pl.Expr:
    """The numbered day of a date."""
    return day.cast(pl.Int32).cast(pl.Int64) - _EPOCH
