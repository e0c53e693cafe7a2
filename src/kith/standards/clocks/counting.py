"""The day, or the moment, on which a limit falls, and how far off it is."""

from datetime import date, datetime, timedelta

from kith.standards.clocks.moments import Moment
from kith.standards.clocks.table import Clock, DayOne, Direction, Limit, Unit
from kith.standards.working_days import add_hours, add_months, add_working_days, working_days_between

_HOURS_A_DAY = 24


def due_on(clock: Clock, start: date) -> date | None:
    """The day the limit falls on, counted from the day `start`; None for a clock that names no day.

    A limit in hours is counted in whole days here, as when the hour of the start is not known.
    """
    if clock.limit in (Limit.NONE, Limit.TOTAL):
        return None
    sign = -1 if clock.direction is Direction.BEFORE else 1
    if clock.unit is Unit.MONTHS:
        found = add_months(start, sign * clock.amount)
        return found - timedelta(days=1) if clock.day_one is DayOne.SAME_DAY else found
    if clock.day_one is DayOne.SAME_DAY:
        start -= timedelta(days=1)
    if clock.unit is Unit.WORKING_DAYS:
        return add_working_days(start, sign * clock.amount)
    return start + sign * timedelta(days=_calendar_days(clock))


def due_at(clock: Clock, started: Moment) -> datetime | None:
    """The moment a limit in hours runs out, where the hour of its start is known."""
    if clock.unit is not Unit.HOURS or not isinstance(started, datetime) or clock.limit is Limit.NONE:
        return None
    return add_hours(started, -clock.amount if clock.direction is Direction.BEFORE else clock.amount)


def _calendar_days(clock: Clock) -> int:
    if clock.unit is Unit.HOURS:
        return -(-clock.amount // _HOURS_A_DAY)
    return clock.amount * 7 if clock.unit is Unit.WEEKS else clock.amount


def days_between(clock: Clock, start: date, end: date) -> int:
    """Days from `start` to `end`, in working days where the clock counts them; below zero when past."""
    return working_days_between(start, end) if clock.counts_working_days else (end - start).days
