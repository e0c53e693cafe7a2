"""Working days in England, months that end where the day does not exist, and limits counted in hours.

Law is counted in its own days (decision D2): the day of the event is day 0, weekends and England's bank
holidays do not count, and a 72-hour limit is 72 hours of time gone by, whatever the clocks do.
"""

from bisect import bisect_left, bisect_right
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import cache
from pathlib import Path
from types import MappingProxyType
from zoneinfo import ZoneInfo

from kith.standards import tables
from kith.standards.verified import Verified

LONDON = ZoneInfo("Europe/London")
_TABLE = Path(__file__).parent / "data" / "bank_holidays.csv"
_SATURDAY = 5


class HolidayStatus(StrEnum):
    """How sure a bank holiday is: announced, or worked out by the rules for a year not yet announced."""

    ANNOUNCED = "announced"
    PROJECTED = "projected"


@dataclass(frozen=True, slots=True)
class BankHoliday:
    """One day that does not count as a working day in England."""

    day: date
    name: str
    source: str
    status: HolidayStatus
    verified: Verified


@cache
def bank_holidays() -> Mapping[date, BankHoliday]:
    """England's bank holidays by day, 2005 to 2040, as in `data/bank_holidays.csv`."""
    holidays = [
        BankHoliday(
            day=date.fromisoformat(row["date"]),
            name=row["name"],
            source=row["source"],
            status=HolidayStatus(row["status"]),
            verified=Verified(row["verified"]),
        )
        for row in tables.rows(_TABLE)
    ]
    return MappingProxyType({holiday.day: holiday for holiday in holidays})


def easter(year: int) -> date:
    """Easter Sunday of `year` in the Gregorian calendar (the Meeus, Jones and Butcher reckoning)."""
    golden, century, of_century = year % 19, year // 100, year % 100
    leap_centuries, century_rest = divmod(century, 4)
    moon_shift = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - leap_centuries - moon_shift + 15) % 30
    leaps, year_rest = divmod(of_century, 4)
    weekday = (32 + 2 * century_rest + 2 * leaps - epact - year_rest) % 7
    correction = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * correction + 114, 31)
    return date(year, month, day + 1)


def holidays_by_rule(year: int) -> dict[date, str]:
    """The bank holidays the standing rules give for `year`, with no day added or moved by proclamation.

    Source: Banking and Financial Dealings Act 1971 Sch 1 and the yearly custom since 1978. A holiday that
    falls on a weekend gives the next free weekday instead.
    """
    found = {
        easter(year) - timedelta(days=2): "Good Friday",
        easter(year) + timedelta(days=1): "Easter Monday",
        _first_monday(year, 5): "Early May bank holiday",
        _last_monday(year, 5): "Spring bank holiday",
        _last_monday(year, 8): "Summer bank holiday",
    }
    fixed = [(date(year, 1, 1), "New Year's Day")]
    fixed += [(date(year, 12, 25), "Christmas Day"), (date(year, 12, 26), "Boxing Day")]
    # Those on their own weekday come first: when Christmas Day is a Sunday its substitute is the Tuesday.
    for day, name in sorted(fixed, key=lambda holiday: holiday[0].weekday() >= _SATURDAY):
        observed = _next_free_weekday(day, found)
        found[observed] = name if observed == day else f"{name} (substitute day)"
    return dict(sorted(found.items()))


def is_working_day(day: date) -> bool:
    """Whether `day` is Monday to Friday and not a bank holiday in England."""
    return day.weekday() < _SATURDAY and day not in _holidays_of(day.year)


def add_working_days(start: date, count: int) -> date:
    """The `count`-th working day after `start`, the next working day being day 1.

    A negative count goes back. Zero gives `start` itself, whether or not it is a working day.
    """
    if count == 0:
        return start
    return _forward(start, count) if count > 0 else _back(start, -count)


def last_working_day_by(due: date) -> date:
    """The last working day up to and with `due`, by which to do what is due on a holiday or a weekend.

    A limit in weeks or months may end on such a day, and is not made longer by it.
    """
    return due if is_working_day(due) else add_working_days(due, -1)


@dataclass(frozen=True, slots=True)
class Break:
    """Days in a row on which nobody works: the first, the last, and the next working day."""

    first: date
    last: date
    next_working_day: date


def long_breaks(start: date, end: date, at_least: int = 4) -> tuple[Break, ...]:
    """The runs of `at_least` days without a working day, in whole or part after `start` and up to `end`.

    A limit in working days runs through them and is still in time, while nobody may have seen the child.
    """
    found, last = [], last_working_day_by(start)
    while last < end:
        following = add_working_days(last, 1)
        if (following - last).days > at_least and following - timedelta(days=1) > start:
            found.append(Break(last + timedelta(days=1), following - timedelta(days=1), following))
        last = following
    return tuple(found)


def holidays_in(start: date, end: date) -> tuple[tuple[date, str], ...]:
    """The bank holidays after `start`, up to and with `end`, with their names; weekdays all."""
    return tuple(
        (day, name)
        for year in range(start.year, end.year + 1)
        for day, name in _names_of_holidays(year).items()
        if start < day <= end and day.weekday() < _SATURDAY
    )


def why_not_a_working_day(day: date) -> str:
    """ "Good Friday", "a Saturday"; "" for a working day."""
    if name := _names_of_holidays(day.year).get(day):
        return name
    return ("a Saturday", "a Sunday")[day.weekday() - _SATURDAY] if day.weekday() >= _SATURDAY else ""


def working_days_between(start: date, end: date) -> int:
    """How many working days lie after `start`, up to and with `end`; negative when `end` comes first."""
    if end < start:
        return -working_days_between(end, start)
    count = bisect_right(_working_days_of(end.year), end) - bisect_right(_working_days_of(start.year), start)
    return count + sum(len(_working_days_of(year)) for year in range(start.year, end.year))


def add_months(day: date, count: int) -> date:
    """The same day of the month `count` months on, or that month's last day where there is no such day.

    Source: decision D2; the law's month ends on the corresponding date (Dodds v Walker [1981] 1 WLR 1027).
    """
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def add_hours(moment: datetime, hours: int) -> datetime:
    """The moment `hours` of real time later, in London's time.

    A night when the clocks change is an hour shorter or longer, so 72 hours can end at another wall-clock
    time. Raises ValueError for a time that does not say its zone.
    """
    _refuse_without_zone(moment)
    return (moment.astimezone(UTC) + timedelta(hours=hours)).astimezone(LONDON)


def legal_day(moment: datetime) -> date:
    """The day in London on which `moment` falls. Raises ValueError for a time that does not say its zone."""
    _refuse_without_zone(moment)
    return moment.astimezone(LONDON).date()


def in_london(day: date, at: time = time.min) -> datetime:
    """The moment when London's clocks show `at` on `day`.

    A time that comes twice (October) is the first of the two; one that is skipped (March) is an hour later.
    """
    return datetime.combine(day, at, LONDON).astimezone(UTC).astimezone(LONDON)


def _refuse_without_zone(moment: datetime) -> None:
    if moment.tzinfo is None:
        raise ValueError(
            f"The time {moment:%d/%m/%Y %H:%M} does not say which time zone it is in, so hours cannot be "
            "counted from it. Give it with its zone, for example with in_london()."
        )


@cache
def _holidays_of(year: int) -> frozenset[date]:
    return frozenset(_names_of_holidays(year))


@cache
def _names_of_holidays(year: int) -> Mapping[date, str]:
    announced = {
        holiday.day: holiday.name for holiday in bank_holidays().values() if holiday.day.year == year
    }
    return MappingProxyType(dict(sorted((announced or holidays_by_rule(year)).items())))


@cache
def _working_days_of(year: int) -> tuple[date, ...]:
    first = date(year, 1, 1)
    days = (first + timedelta(days=number) for number in range(date(year, 12, 31).timetuple().tm_yday))
    return tuple(day for day in days if is_working_day(day))


def _forward(start: date, count: int) -> date:
    year = start.year
    position = bisect_right(_working_days_of(year), start) + count - 1
    while position >= len(_working_days_of(year)):
        position -= len(_working_days_of(year))
        year += 1
    return _working_days_of(year)[position]


def _back(start: date, count: int) -> date:
    year = start.year
    position = bisect_left(_working_days_of(year), start) - count
    while position < 0:
        year -= 1
        position += len(_working_days_of(year))
    return _working_days_of(year)[position]


def _first_monday(year: int, month: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=-first.weekday() % 7)


def _last_monday(year: int, month: int) -> date:
    last = date(year, month, monthrange(year, month)[1])
    return last - timedelta(days=last.weekday())


def _next_free_weekday(day: date, taken: Mapping[date, str]) -> date:
    while day.weekday() >= _SATURDAY or day in taken:
        day += timedelta(days=1)
    return day
