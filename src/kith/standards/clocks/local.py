"""What an authority sets itself: its own limits for the clocks of practice, from a day to a day."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from kith.standards.clocks.table import Clock, Strength, Unit


@dataclass(frozen=True, slots=True)
class LocalLimit:
    """An authority's own limit for a practice clock, from a day to a day (None: no end)."""

    clock: str
    amount: int
    unit: Unit
    started_on: date
    ended_on: date | None = None


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


def _holds(row: LocalLimit, on: date) -> bool:
    return row.started_on <= on <= (row.ended_on or date.max)
