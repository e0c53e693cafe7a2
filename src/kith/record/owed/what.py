"""What can be owed: in which words, and by when where nobody named a day (data/what.csv).

A row counts by a clock of the standards, or in working days; 0 is the same working day.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path

from kith.standards.clocks import LocalLimit, clock, due_on, in_force
from kith.standards.tables import number, rows
from kith.standards.working_days import add_working_days, is_working_day, legal_day

_TABLE = Path(__file__).parent / "data" / "what.csv"


@dataclass(frozen=True)
class What:
    """One kind of thing that can be owed. `who` is who owes it as a rule, in words."""

    what: str
    words: str
    clock: str
    working_days: int | None
    who: str
    source: str
    is_verified: bool


@cache
def whats() -> dict[str, What]:
    """Every kind by its name."""
    return {
        row["what"]: What(
            row["what"],
            row["words"],
            row["clock"],
            number(row["working_days"]),
            row["who"],
            row["source"],
            row["verified"] != "knowledge",
        )
        for row in rows(_TABLE)
    }


def falls_due_on(what: str, started_at: datetime, local: Iterable[LocalLimit] = ()) -> date:
    """The last day on which a thing owed since a moment is done in time.

    The day of the act is day 0, in London. What is due the same working day is due on the next one where
    the act fell on none. `local` are the authority's own limits for clocks of practice.
    """
    kind, day = whats()[what], legal_day(started_at)
    if kind.clock:
        return due_on(in_force(clock(kind.clock), local, day), day) or day
    if kind.working_days:
        return add_working_days(day, kind.working_days)
    return day if is_working_day(day) else add_working_days(day - timedelta(days=1), 1)
