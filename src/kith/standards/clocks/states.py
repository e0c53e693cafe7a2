"""The state of a clock on a day, worked out from plain facts: due, met, late, and in words for a page."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from itertools import zip_longest

from kith.standards.clocks.counting import days_between, due_at, due_on
from kith.standards.clocks.local import LocalLimit, in_force
from kith.standards.clocks.moments import Moment, day_of, is_after, sort_key
from kith.standards.clocks.table import Clock, Direction, Limit, Unit, row_on
from kith.standards.dates import long_date
from kith.standards.working_days import add_working_days, legal_day


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
    NO_DUTY = "no_duty"  # was not the rule on the day it would have started


@dataclass(frozen=True, slots=True)
class Facts:
    """What happened, as far as one clock asks.

    `started` is the event counted from (for a clock that counts back, the planned day); `met` is what was
    due. A repeating clock reads `events` instead of `met`: each one meets the interval before it and starts
    the next, and `started` is where the first interval begins. `ended` is when the duty fell away. Each of
    these is a moment where the hour is known, and a day where not. `asked_on`, for a clock that counts back,
    is when it was asked for: it is due on the working day after at the soonest, or on the planned day if that
    is sooner.
    """

    started: Moment | None = None
    met: Moment | None = None
    events: Sequence[Moment] = ()
    ended: Moment | None = None
    asked_on: date | None = None


@dataclass(frozen=True, slots=True)
class Due:
    """The state of one clock on one day.

    `days_left` counts from the day asked on (or the day it was met) to `due_on`, in working days where the
    clock counts them, else in calendar days; below zero when it is past. `due_at` is the moment, for a limit
    in hours whose start has an hour. `is_soonest`: it was asked for too late for its limit, and is
    due as soon as can be.
    """

    clock: Clock
    status: Status
    started_on: date | None = None
    due_on: date | None = None
    due_at: datetime | None = None
    met_on: date | None = None
    days_left: int | None = None
    is_soonest: bool = False

    @property
    def is_verified(self) -> bool:
        """Whether the limit behind it was seen at a source."""
        return self.clock.is_verified

    @property
    def words(self) -> str:
        """The state in one line for a page, such as "Due Tue 3 Mar 2026, 4 working days left"."""
        return _words(self)


def due(clock: Clock, facts: Facts, on: Moment, local: Iterable[LocalLimit] = ()) -> Due:
    """The state of `clock` on `on`, which may be a moment; for one that repeats, of its present interval.

    What is dated after `on` has not happened yet, but for the planned day that a clock counts back from. The
    rule that counts is the one in force when the clock started, whichever row of it `clock` is, and so is the
    authority's own limit.
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


def _state(clock: Clock, facts: Facts, on: Moment, local: Iterable[LocalLimit]) -> Due:
    started = facts.started
    if started is None or (clock.direction is Direction.AFTER and is_after(started, on)):
        return Due(clock, Status.NOT_STARTED)
    row = row_on(clock, day_of(started))
    if row is None:
        return Due(clock, Status.NO_DUTY, day_of(started))
    clock = in_force(row, local, day_of(started))
    at = due_at(clock, started)
    last = legal_day(at) if at else due_on(clock, day_of(started))
    if last is None:
        return Due(clock, Status.NO_DATE, day_of(started))
    soonest = _soonest(clock, facts, last)
    if soonest:
        at, last = None, soonest
    met = facts.met if facts.met is not None and not is_after(facts.met, on) else None
    ended = facts.ended if facts.ended is not None and not is_after(facts.ended, on) else None
    asked = next(moment for moment in (met, ended, on) if moment is not None)
    status = _status(clock, met, ended, asked, at or last)
    left = days_between(clock, day_of(asked), last)
    met_on = None if met is None else day_of(met)
    return Due(clock, status, day_of(started), last, at, met_on, left, soonest is not None)


def _soonest(clock: Clock, facts: Facts, last: date) -> date | None:
    """The day on which something is due that was asked for too late for its limit; None for anything else."""
    asked_on, planned = facts.asked_on, facts.started
    if clock.direction is not Direction.BEFORE or asked_on is None or planned is None:
        return None
    soonest = min(add_working_days(asked_on, 1), day_of(planned))
    return soonest if soonest > last else None


def _status(
    clock: Clock,
    met: Moment | None,
    ended: Moment | None,
    asked: Moment,
    limit: Moment,
) -> Status:
    if clock.limit is Limit.EARLIEST:
        return _status_of_earliest(met, ended, asked, limit)
    is_past = is_after(asked, limit)
    if met is not None:
        return Status.MET_LATE if is_past else Status.MET
    if is_past:
        return Status.LATE
    if ended is not None:
        return Status.FELL_AWAY
    return Status.DUE_TODAY if day_of(asked) == day_of(limit) else Status.DUE


def _status_of_earliest(met: Moment | None, ended: Moment | None, asked: Moment, limit: Moment) -> Status:
    is_too_soon = is_after(limit, asked)
    if met is not None:
        return Status.TOO_EARLY if is_too_soon else Status.MET
    if ended is not None:
        return Status.FELL_AWAY
    return Status.WAITING if is_too_soon else Status.ALLOWED


def _starts(facts: Facts, on: Moment) -> list[Moment]:
    """Where each interval begins: the start and every event after it, up to `on`, in order."""
    happened = sorted((event for event in facts.events if not is_after(event, on)), key=sort_key)
    if facts.started is None:
        return happened
    if is_after(facts.started, on):
        return []
    return [facts.started, *(event for event in happened if is_after(event, facts.started))]


def _words(state: Due) -> str:
    due_words = long_date(state.due_on)
    if state.due_at:
        due_words = f"{due_words} at {state.due_at:%H:%M}"
    past = _count(state.clock, -(state.days_left or 0))
    match state.status:
        case Status.NOT_STARTED:
            return "Not started"
        case Status.DUE:
            soon = "Due as soon as can be, by" if state.is_soonest else "Due"
            return f"{soon} {due_words}, {_count(state.clock, state.days_left or 0)} left"
        case Status.DUE_TODAY:
            return f"Due {'as soon as can be, ' if state.is_soonest else ''}today, {due_words}"
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
        case Status.NO_DUTY:
            return f"Not required of what started {long_date(state.started_on)}"


def _count(clock: Clock, days: int) -> str:
    kind = "working day" if clock.counts_working_days else "day"
    if days == 0:
        return "less than a day" if clock.unit is Unit.HOURS else f"less than one {kind}"
    return f"{days} {kind}" if days == 1 else f"{days:,} {kind}s"
