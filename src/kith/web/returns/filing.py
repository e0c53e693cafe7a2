"""By when a return is to be sent, and whether the year that it is of has ended."""

from dataclasses import dataclass
from datetime import date

from kith.standards.clocks import clock, due_on
from kith.standards.years import year_bounds

CLOCKS = {"903": "RT-02", "cin": "RT-01"}


@dataclass(frozen=True)
class Filing:
    """The day by which a return is to be sent, the source of that, and the last day of its year."""

    due_on: date
    source: str
    is_unverified: bool
    ends_on: date
    has_ended: bool


def filing_of(kind: str, year: int, on: date) -> Filing:
    """What is known on the day `on` of sending the return of a kind (903 or cin) and an END year."""
    limit, ends_on = clock(CLOCKS[kind]), year_bounds(year)[1]
    due = due_on(limit, ends_on)
    assert due is not None  # every limit of sending a return names a day
    return Filing(due, limit.source, not limit.is_verified, ends_on, on > ends_on)
