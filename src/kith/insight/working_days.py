"""England's working days between two columns of dates, as `kith.standards.working_days` counts between two
days.
"""

from datetime import date, timedelta
from functools import cache

import polars as pl

from kith.standards.working_days import bank_holidays, holidays_by_rule

_YEARS = range(1990, 2061)
_DAY = timedelta(days=1)


def working_days_between(start: str, end: str) -> pl.Expr:
    """How many working days lie after `start`, up to and with `end`; negative when `end` comes first, null
    where either date is.

    Bank holidays of 1990 to 2060 are left out: as announced, or by the standing rules for years of which none
    is on the list. Source: decision D2.
    """
    first, last = pl.min_horizontal(start, end), pl.max_horizontal(start, end)
    days = pl.business_day_count(first + _DAY, last + _DAY, holidays=_holidays())
    is_told = pl.col(start).is_not_null() & pl.col(end).is_not_null()
    return pl.when(is_told).then(pl.when(pl.col(end) < pl.col(start)).then(-days).otherwise(days))


@cache
def _holidays() -> tuple[date, ...]:
    announced = {day.year for day in bank_holidays()}
    by_rule = (day for year in _YEARS if year not in announced for day in holidays_by_rule(year))
    return (*bank_holidays(), *by_rule)
