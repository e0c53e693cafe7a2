"""The table of clocks: one limit a row, with its source, its strength and how far it was checked."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from types import MappingProxyType

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


class Verified(StrEnum):
    """How far the limit was checked at its source."""

    TEXT_SEEN = "text_seen"
    SECONDARY_SEEN = "secondary_seen"
    DATA_SEEN = "data_seen"
    KNOWLEDGE = "knowledge"


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
