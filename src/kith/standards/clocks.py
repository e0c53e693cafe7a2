"""What is due by when: the time limits of law, guidance, standards and practice, as pure functions.

`data/clocks.csv` holds one limit a row, with its source, its strength and how far it was checked. `due` takes
plain facts and the day it is asked on, and gives the state of one clock on that day.
"""

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import cache
from itertools import zip_longest
from pathlib import Path
from types import MappingProxyType

from kith.standards.dates import long_date
from kith.standards.working_days import (
    add_hours,
    add_months,
    add_working_days,
    legal_day,
    working_days_between,
)

_TABLE = Path(__file__).parent / "data" / "clocks.csv"
_HOURS_A_DAY = 24

Moment = date | datetime  # a datetime where the hour is known, else a date


class Unit(StrEnum):
    """What a limit is counted in."""

    HOURS = "hours"
    CALENDAR_DAYS = "calendar_days"
    WORKING_DAYS = "working_days"
    WEEKS = "weeks"
    MONTHS = "months"


class Direction(StrEnum):
    """Whether the limit lies after the event it is counted from, or before it (0: on its day at latest)."""

    AFTER = "after"
    BEFORE = "before"


class Limit(StrEnum):
    """What the counted day is: the last one in time, the first one allowed, or no day at all."""

    LATEST = "latest"
    EARLIEST = "earliest"
    TOTAL = "total"  # so many days in all within a span: no single day can be named
    NONE = "none"  # a duty or a measure with no limit for one child


class DayOne(StrEnum):
    """Which day is day 1: the day after the event, or the event's own ("beginning with the date")."""

    NEXT_DAY = "next_day"
    SAME_DAY = "same_day"


class Strength(StrEnum):
    """What stands behind a limit. Only practice is an authority's own to set."""

    LAW = "law"
    STATUTORY_GUIDANCE = "statutory_guidance"
    STANDARD = "standard"
    PRACTICE = "practice"


class Verified(StrEnum):
    """How far the limit was checked at its source."""

    TEXT_SEEN = "text_seen"
    SECONDARY_SEEN = "secondary_seen"
    DATA_SEEN = "data_seen"
    KNOWLEDGE = "knowledge"


class Status(StrEnum):
    """The state of a clock on a day."""

    NOT_STARTED = "not_started"
    DUE = "due"
    DUE_TODAY = "due_today"
    MET = "met"
    MET_LATE = "met_late"
    LATE = "late"
    FELL_AWAY = "fell_away"  # the duty ended before it was due
    WAITING = "waiting"  # may not happen yet
    ALLOWED = "allowed"  # may happen now
    TOO_EARLY = "too_early"  # happened before it was allowed
    NO_DATE = "no_date"  # this clock names no day


class UnknownClock(LookupError):
    """There is no clock of that id."""


@dataclass(frozen=True, slots=True)
class Clock:
    """One time limit: `event_to_due` is due `amount` `unit`s from `event_from`."""

    id: str
    stage: str
    event_from: str
    event_to_due: str
    amount: int
    unit: Unit
    direction: Direction
    limit: Limit
    day_one: DayOne
    rule_note: str
    source: str
    jurisdiction_year: str
    repeats: bool
    strength: Strength
    verified: Verified
    set_locally: bool = False

    @property
    def is_verified(self) -> bool:
        """Whether the limit was seen at a source. One that was not must be shown as such."""
        return self.verified is not Verified.KNOWLEDGE

    @property
    def counts_working_days(self) -> bool:
        """Whether days left and over are working days; else they are calendar days."""
        return self.unit is Unit.WORKING_DAYS


@dataclass(frozen=True, slots=True)
class LocalLimit:
    """An authority's own limit for a practice clock, from a day to a day (None: no end)."""

    clock: str
    amount: int
    unit: Unit
    started_on: date
    ended_on: date | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """What happened, as far as one clock asks.

    `started` is the event counted from (for a clock that counts back, the planned day); `met` is what was
    due. A repeating clock reads `events` instead of `met`: each one meets the interval before it and starts
    the next, and `started` is where the first interval begins. `ended` is when the duty fell away. Each is a
    moment where the hour is known, and a day where not.
    """

    started: Moment | None = None
    met: Moment | None = None
    events: Sequence[Moment] = ()
    ended: Moment | None = None


@dataclass(frozen=True, slots=True)
class Due:
    """The state of one clock on one day.

    `days_left` counts from the day asked on (or the day it was met) to `due_on`, in working days where the
    clock counts them, else in calendar days; below zero when it is past. `due_at` is the moment, for a limit
    in hours whose start has an hour.
    """

    clock: Clock
    status: Status
    started_on: date | None = None
    due_on: date | None = None
    due_at: datetime | None = None
    met_on: date | None = None
    days_left: int | None = None

    @property
    def is_verified(self) -> bool:
        """Whether the limit behind it was seen at a source."""
        return self.clock.is_verified

    @property
    def words(self) -> str:
        """The state in one line for a page, such as "Due Tue 3 Mar 2026, 4 working days left"."""
        return _words(self)


@cache
def clocks() -> Mapping[str, Clock]:
    """Every clock by its id, in the order of the table."""
    with _TABLE.open(encoding="utf-8", newline="") as file:
        return MappingProxyType({row["id"]: _clock(row) for row in csv.DictReader(file)})


def clock(clock_id: str) -> Clock:
    """The clock with that id. Raises UnknownClock."""
    if clock_id not in clocks():
        raise UnknownClock(f"There is no clock {clock_id} in data/clocks.csv.")
    return clocks()[clock_id]


def clocks_of(stage: str) -> tuple[Clock, ...]:
    """The clocks of one stage of the work, such as "looked_after_reviews"."""
    return tuple(found for found in clocks().values() if found.stage == stage)


def in_force(clock: Clock, local: Iterable[LocalLimit], on: date) -> Clock:
    """The clock as the authority sets it on the day `on`.

    Only practice is the authority's to set: a local row for law, guidance or a standard changes nothing.
    """
    if clock.strength is not Strength.PRACTICE:
        return clock
    rows = [row for row in local if row.clock == clock.id and _holds(row, on)]
    if not rows:
        return clock
    newest = max(rows, key=lambda row: row.started_on)
    return replace(clock, amount=newest.amount, unit=newest.unit, set_locally=True)


def due(clock: Clock, facts: Facts, on: Moment, local: Iterable[LocalLimit] = ()) -> Due:
    """The state of `clock` on `on`, which may be a moment; for one that repeats, of its present interval.

    What is dated after `on` has not happened yet, but for the planned day that a clock counts back from. The
    local limit that counts is the one in force when the clock started.
    """
    return every_due(clock, facts, on, local)[-1]


def every_due(clock: Clock, facts: Facts, on: Moment, local: Iterable[LocalLimit] = ()) -> tuple[Due, ...]:
    """The state of each interval of a repeating clock, the first one first; one state for any other clock."""
    if not clock.repeats:
        return (_state(clock, facts, on, local),)
    rows = list(local)
    starts = _starts(facts, on)
    if not starts:
        return (Due(clock, Status.NOT_STARTED),)
    return tuple(
        _state(clock, Facts(start, met, (), facts.ended), on, rows)
        for start, met in zip_longest(starts, starts[1:])
    )


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


def _state(clock: Clock, facts: Facts, on: Moment, local: Iterable[LocalLimit]) -> Due:
    started = facts.started
    if started is None or (clock.direction is Direction.AFTER and _is_after(started, on)):
        return Due(clock, Status.NOT_STARTED)
    clock = in_force(clock, local, _day(started))
    at = _due_at(clock, started)
    last = legal_day(at) if at else due_on(clock, _day(started))
    if last is None:
        return Due(clock, Status.NO_DATE, _day(started))
    met = facts.met if facts.met is not None and not _is_after(facts.met, on) else None
    ended = facts.ended if facts.ended is not None and not _is_after(facts.ended, on) else None
    asked = next(moment for moment in (met, ended, on) if moment is not None)
    status = _status(clock, met, ended, asked, at or last)
    left = _days_between(clock, _day(asked), last)
    return Due(clock, status, _day(started), last, at, None if met is None else _day(met), left)


def _status(
    clock: Clock,
    met: Moment | None,
    ended: Moment | None,
    asked: Moment,
    limit: Moment,
) -> Status:
    if clock.limit is Limit.EARLIEST:
        return _status_of_earliest(met, ended, asked, limit)
    is_past = _is_after(asked, limit)
    if met is not None:
        return Status.MET_LATE if is_past else Status.MET
    if is_past:
        return Status.LATE
    if ended is not None:
        return Status.FELL_AWAY
    return Status.DUE_TODAY if _day(asked) == _day(limit) else Status.DUE


def _status_of_earliest(met: Moment | None, ended: Moment | None, asked: Moment, limit: Moment) -> Status:
    is_too_soon = _is_after(limit, asked)
    if met is not None:
        return Status.TOO_EARLY if is_too_soon else Status.MET
    if ended is not None:
        return Status.FELL_AWAY
    return Status.WAITING if is_too_soon else Status.ALLOWED


def _starts(facts: Facts, on: Moment) -> list[Moment]:
    """Where each interval begins: the start and every event after it, up to `on`, in order."""
    happened = sorted((event for event in facts.events if not _is_after(event, on)), key=_sort_key)
    if facts.started is None:
        return happened
    if _is_after(facts.started, on):
        return []
    return [facts.started, *(event for event in happened if _is_after(event, facts.started))]


def _due_at(clock: Clock, started: Moment) -> datetime | None:
    """The moment a limit in hours runs out, where the hour of its start is known."""
    if clock.unit is not Unit.HOURS or not isinstance(started, datetime) or clock.limit is Limit.NONE:
        return None
    return add_hours(started, -clock.amount if clock.direction is Direction.BEFORE else clock.amount)


def _calendar_days(clock: Clock) -> int:
    if clock.unit is Unit.HOURS:
        return -(-clock.amount // _HOURS_A_DAY)
    return clock.amount * 7 if clock.unit is Unit.WEEKS else clock.amount


def _days_between(clock: Clock, start: date, end: date) -> int:
    return working_days_between(start, end) if clock.counts_working_days else (end - start).days


def _day(moment: Moment) -> date:
    return legal_day(moment) if isinstance(moment, datetime) else moment


def _is_after(one: Moment, other: Moment) -> bool:
    """Whether `one` is later: by the moment where both have an hour, else by the day."""
    if isinstance(one, datetime) and isinstance(other, datetime):
        return one > other
    return _day(one) > _day(other)


def _sort_key(moment: Moment) -> tuple[date, float]:
    return _day(moment), moment.timestamp() if isinstance(moment, datetime) else 0.0


def _holds(row: LocalLimit, on: date) -> bool:
    return row.started_on <= on <= (row.ended_on or date.max)


def _words(state: Due) -> str:
    due_words = long_date(state.due_on)
    past = _count(state.clock, -(state.days_left or 0))
    match state.status:
        case Status.NOT_STARTED:
            return "Not started"
        case Status.DUE:
            return f"Due {due_words}, {_count(state.clock, state.days_left or 0)} left"
        case Status.DUE_TODAY:
            return f"Due today, {due_words}"
        case Status.MET:
            return f"Done {long_date(state.met_on)}, in time"
        case Status.MET_LATE:
            return f"Done {long_date(state.met_on)}, {past} late"
        case Status.LATE:
            return f"Was due {due_words}, {past} late"
        case Status.FELL_AWAY:
            return "No longer needed"
        case Status.WAITING:
            return f"Not before {due_words}"
        case Status.ALLOWED:
            return f"Could be done from {due_words}"
        case Status.TOO_EARLY:
            return f"Done {long_date(state.met_on)}, before {due_words}, the first day allowed"
        case Status.NO_DATE:
            return "This has no single due date"


def _count(clock: Clock, days: int) -> str:
    kind = "working day" if clock.counts_working_days else "day"
    if days == 0:
        return "less than a day" if clock.unit is Unit.HOURS else f"less than one {kind}"
    return f"{days} {kind}" if days == 1 else f"{days} {kind}s"


def _clock(row: dict[str, str]) -> Clock:
    return Clock(
        id=row["id"],
        stage=row["stage"],
        event_from=row["event_from"],
        event_to_due=row["event_to_due"],
        amount=int(row["amount"]),
        unit=Unit(row["unit"]),
        direction=Direction(row["direction"]),
        limit=Limit(row["limit"]),
        day_one=DayOne(row["day_one"]),
        rule_note=row["rule_note"],
        source=row["source"],
        jurisdiction_year=row["jurisdiction_year"],
        repeats=row["repeats"] == "yes",
        strength=Strength(row["strength"]),
        verified=Verified(row["verified"]),
    )
