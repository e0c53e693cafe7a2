"""Days, months, working days and ages, counted one by one."""

from calendar import monthrange
from datetime import date, timedelta
from functools import cache

from kith.standards.working_days import bank_holidays

ONE_DAY = timedelta(days=1)
SATURDAY = 5


def months_after(day: date, months: int) -> date:
    """The same day of the month so many months on (or back), or that month's last where it has none."""
    month, year = day.month + months, day.year
    while month > 12:
        month, year = month - 12, year + 1
    while month < 1:
        month, year = month + 12, year - 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def months_before(day: date, months: int) -> date:
    """The same day of the month so many months back, or that month's last."""
    return months_after(day, -months)


@cache
def is_working_day(day: date) -> bool:
    """Monday to Friday, and no bank holiday in England."""
    return day.weekday() < SATURDAY and day not in bank_holidays()


@cache
def working_days(start: date, end: date) -> int:
    """How many working days have gone by on `end`; the day of the start is day 0."""
    count, day = 0, start
    while day < end:
        day += ONE_DAY
        count += is_working_day(day)
    return count


def working_days_on(start: date, count: int) -> date:
    """The day on which so many working days have gone by."""
    day = start
    while count > 0:
        day += ONE_DAY
        count -= is_working_day(day)
    return day


def birthday(born: date, age: int) -> date:
    """The day somebody reaches an age; born on 29 February it is 1 March where the year has no such day."""
    year = born.year + age
    if (born.month, born.day) == (2, 29) and monthrange(year, 2)[1] == 28:
        return date(year, 3, 1)
    return date(year, born.month, born.day)


def age_on(born: date | None, day: date) -> int | None:
    """Whole years of age, or None before the birth or where it is not known."""
    if born is None or born > day:
        return None
    age = day.year - born.year
    return age if birthday(born, age) <= day else age - 1


def return_year(day: date) -> int:
    """The year in which the return that `day` lies in ends: 1 April 2019 is 2020."""
    return day.year + (day.month >= 4)


def is_about_a_year(first: date, last: date) -> bool:
    """Whether the span is 364 to 366 days."""
    return 364 <= (last - first).days + 1 <= 366


def is_return_year(first: date, last: date) -> bool:
    """Whether the span is one year from 1 April to 31 March."""
    return (first.month, first.day, last.month, last.day) == (4, 1, 3, 31) and last.year == first.year + 1
