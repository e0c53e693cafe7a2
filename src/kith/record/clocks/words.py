"""What a clock says on a page beside its state: what it asks for, and what the calendar does to it."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from kith.standards.clocks import Due
from kith.standards.dates import long_date
from kith.standards.tables import rows
from kith.standards.working_days import holidays_in, last_working_day_by, long_breaks, why_not_a_working_day

AT_RISK = frozenset({"section_47", "child_protection", "emergency", "missing"})  # stages
A_SHORT_LIMIT = timedelta(days=31)  # a break is said where it takes up much of the time there is
DAYS_SAID_FROM = 14  # calendar days since a child was seen, said beside a limit in working days
_WORDS = Path(__file__).parent / "data" / "plain_words.csv"


@cache
def plain_words() -> dict[str, str]:
    """What a clock asks of a worker, by its id (data/plain_words.csv), where the law's own word says less."""
    return {row["clock"]: row["words"] for row in rows(_WORDS)}


@cache
def since_words() -> dict[str, str]:
    """What the days since are counted from, by clock, for those beside which they are shown."""
    return {row["clock"]: row["since"] for row in rows(_WORDS) if row["since"]}


def beside(state: Due, on: date) -> Iterator[str]:
    """What the calendar does to something still to be done, a sentence each."""
    if state.started_on is None or state.due_on is None:
        return
    days, since = (on - state.started_on).days, since_words().get(state.clock.id)
    if since and days >= DAYS_SAID_FROM:
        yield f"{days} days {since}, weekends and holidays too."
    if why := why_not_a_working_day(state.due_on):
        last = last_working_day_by(state.due_on)
        yield f"{long_date(state.due_on)} is {why}: the last working day before it is {long_date(last)}."
    if state.clock.counts_working_days:
        yield from _left_out(*sorted((state.started_on, state.due_on)))
    if state.clock.stage in AT_RISK and abs(state.due_on - state.started_on) <= A_SHORT_LIMIT:
        for gap in long_breaks(on, state.due_on):
            yield f"No working day until {long_date(gap.next_working_day)}: who looks out until then?"


def _left_out(first: date, last: date) -> Iterator[str]:
    """The holidays inside a limit in working days, by name."""
    names = [name for _, name in holidays_in(first, last)]
    if names:
        one = f"{', '.join(names[:-1])} and {names[-1]}" if names[1:] else names[0]
        yield f"{one} {'do' if names[1:] else 'does'} not count."
