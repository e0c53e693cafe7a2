"""Dates that are known to the day, the month, the year or not at all; ages; and the written form of a day."""

import re
from calendar import isleap, monthrange
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Self

_PARTS = re.compile(r"(zz|\d{1,2})/(zz|\d{1,2})/(zzzz|\d{4})", re.IGNORECASE | re.ASCII)
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


class Precision(StrEnum):
    """How much of a date is known."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date of which the day, the month and the year, or all of it, may be unknown.

    Raises ValueError for a day with no month, a month with no year, or a day that no calendar has.
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        if (self.day and not self.month) or (self.month and not self.year):
            raise ValueError("A date whose month or year is unknown cannot have a known day or month.")
        if self.year:
            date(self.year, self.month or 1, self.day or 1)

    @classmethod
    def of(cls, day: date | None) -> Self:
        """The partial date that is known to the day, or wholly unknown for None."""
        return cls() if day is None else cls(day.year, day.month, day.day)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read DD/MM/YYYY where unknown parts are `zz` or `zzzz` in any case, as DATE_PERM has them.

        An empty text is an unknown date. Raises ValueError, in words for the person, for anything else.
        """
        if not text.strip():
            return cls()
        if not (found := _PARTS.fullmatch(text.strip())):
            raise ValueError(_unreadable(text))
        day, month, year = (None if "z" in part.lower() else int(part) for part in found.groups())
        try:
            if 0 in (day, month, year):
                raise ValueError(text)
            return cls(year, month, day)
        except ValueError:
            raise ValueError(_unreadable(text)) from None

    @property
    def precision(self) -> Precision:
        """Which parts are known."""
        if self.day:
            return Precision.DAY
        if self.month:
            return Precision.MONTH
        return Precision.YEAR if self.year else Precision.UNKNOWN

    @property
    def earliest(self) -> date | None:
        """The first day it can have been, or None when nothing is known."""
        return date(self.year, self.month or 1, self.day or 1) if self.year else None

    @property
    def latest(self) -> date | None:
        """The last day it can have been, or None when nothing is known."""
        if not self.year:
            return None
        month = self.month or 12
        return date(self.year, month, self.day or monthrange(self.year, month)[1])

    def as_return(self) -> str:
        """The form the SSDA903 takes: 03/02/2015, zz/02/2015, zz/zz/2015 or zz/zz/zzzz."""
        day, month = (f"{part:02}" if part else "zz" for part in (self.day, self.month))
        return f"{day}/{month}/{f'{self.year:04}' if self.year else 'zzzz'}"

    def __str__(self) -> str:
        """In words for a page: "Tue 3 Mar 2026", "Mar 2026", "2026" or "date not known"."""
        if self.day:
            return long_date(self.earliest)
        if self.month:
            return f"{_MONTHS[self.month - 1]} {self.year}"
        return str(self.year) if self.year else "date not known"


def long_date(day: date | None) -> str:
    """The day as pages write it, "Tue 3 Mar 2026"; "date not known" for None. The same in every locale."""
    if day is None:
        return "date not known"
    return f"{_WEEKDAYS[day.weekday()]} {day.day} {_MONTHS[day.month - 1]} {day.year}"


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


def _unreadable(text: str) -> str:
    return (
        f"“{text.strip()[:40]}” is not a date Kith can read. Write it as DD/MM/YYYY, with zz for a day or "
        "month that is not known, for example zz/03/2015."
    )
