"""The table of clocks: one limit a row, with its source, its strength and how far it was checked."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path
from types import MappingProxyType

from kith.standards import tables
from kith.standards.dates import long_date
from kith.standards.verified import Verified

_TABLE = Path(__file__).parents[1] / "data" / "clocks.csv"


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


class UnknownClock(LookupError):
    """There is no clock of that id."""


@dataclass(frozen=True, slots=True)
class Clock:
    """One time limit: `event_to_due` is due `amount` `unit`s from `event_from`.

    It is the rule for what starts from `valid_from` to `valid_to`, both days in; None: not known to have
    begun or ended.
    """

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
    valid_from: date | None = None
    valid_to: date | None = None
    set_locally: bool = False

    @property
    def is_verified(self) -> bool:
        """Whether the limit was seen at a source. One that was not must be shown as such."""
        return self.verified is not Verified.KNOWLEDGE

    @property
    def counts_working_days(self) -> bool:
        """Whether days left and over are working days; else they are calendar days."""
        return self.unit is Unit.WORKING_DAYS

    def holds_on(self, on: date) -> bool:
        """Whether this is the rule for what starts on the day `on`."""
        return tables.holds_on(on, self.valid_from, self.valid_to)

    def overlaps(self, other: "Clock") -> bool:
        """Whether both would be the rule for the same clock on some same day."""
        mine, theirs = (self.valid_from, self.valid_to), (other.valid_from, other.valid_to)
        return self.id == other.id and tables.share_a_day(mine, theirs)


class NotInForce(LookupError):
    """The clock was not yet, or no longer, the rule on that day."""


def read_clocks(path: Path) -> tuple[Clock, ...]:
    """Every row of a table of clocks, in its order."""
    return tuple(_clock(row) for row in tables.rows(path))


@cache
def clock_rows() -> tuple[Clock, ...]:
    """Every row of `data/clocks.csv`; a clock whose rule changed has several, one after the other."""
    return read_clocks(_TABLE)


@cache
def clocks() -> Mapping[str, Clock]:
    """Every clock by its id as its newest row has it, in the order of the table."""
    return MappingProxyType({clock_id: rows[-1] for clock_id, rows in _rows_by_id().items()})


def clock(clock_id: str, on: date | None = None) -> Clock:
    """The clock with that id: its rule for what started on the day `on`, or its newest without a day.

    Raises UnknownClock, and NotInForce when there was no such rule on that day.
    """
    if clock_id not in clocks():
        raise UnknownClock(f"There is no clock {clock_id} in data/clocks.csv.")
    newest = clocks()[clock_id]
    found = newest if on is None else row_on(newest, on)
    if found is None:
        raise NotInForce(
            f"The clock {clock_id} was not in force on {long_date(on)}. Its dates are in data/clocks.csv."
        )
    return found


def row_on(clock: Clock, on: date) -> Clock | None:
    """The row of the same clock that is the rule for what starts on the day `on`; None when there is none."""
    if clock.holds_on(on):
        return clock
    return next((row for row in _rows_by_id().get(clock.id, ()) if row.holds_on(on)), None)


def clocks_of(stage: str) -> tuple[Clock, ...]:
    """The clocks of one stage of the work, such as "looked_after_reviews"."""
    return tuple(found for found in clocks().values() if found.stage == stage)


@cache
def _rows_by_id() -> Mapping[str, tuple[Clock, ...]]:
    """The rows of each clock, the oldest first."""
    rows: dict[str, list[Clock]] = {}
    for row in clock_rows():
        rows.setdefault(row.id, []).append(row)
    return {
        clock_id: tuple(sorted(found, key=lambda row: row.valid_from or date.min))
        for clock_id, found in rows.items()
    }


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
        valid_from=tables.day(row["valid_from"]),
        valid_to=tables.day(row["valid_to"]),
    )
