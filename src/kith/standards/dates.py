"""Birthdays and ages, and the written forms of a day, the same on every system and in every locale."""

from calendar import isleap
from datetime import date

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def long_date(day: date | None) -> str:
    """The day as pages write it, "Tue 3 Mar 2026"; "date not known" for None."""
    if day is None:
        return "date not known"
    return f"{_WEEKDAYS[day.weekday()]} {short_date(day)}"


def short_date(day: date) -> str:
    """The day where room is short, "3 Mar 2026"."""
    return f"{day.day} {_MONTHS[day.month - 1][:3]} {day.year}"


def day_in_words(day: date) -> str:
    """The day as a sentence says it, "3 March 2026"."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def birthday(born: date, year: int) -> date:
    """The day in `year` on which someone born on `born` is a year older.

    Someone born on 29 February has it on 1 March in a common year: a year of age is reached at the start of
    the anniversary (Family Law Reform Act 1969 s9), and a year has not gone by on 28 February. The Act does
    not speak of 29 February itself, so this is our reading.
    """
    if (born.month, born.day) == (2, 29) and not isleap(year):
        return date(year, 3, 1)
    return born.replace(year=year)


def age_on(born: date, on: date) -> int | None:
    """Whole years of age on the day `on`, or None for a day before the birth."""
    if on < born:
        return None
    return on.year - born.year - (on < birthday(born, on.year))


def turns(born: date, age: int) -> date:
    """The day on which someone born on `born` reaches `age`."""
    return birthday(born, born.year + age)
