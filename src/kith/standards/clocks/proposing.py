"""The days on which a meeting may be held inside its limit: nothing here decides which."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from kith.standards.clocks.counting import due_on
from kith.standards.clocks.table import Clock, clock
from kith.standards.working_days import is_working_day

REPORTS = "CP-13"  # with the family before an initial conference


@dataclass(frozen=True, slots=True)
class ProposedDay:
    """A day a conference may be held on, and the last day for its papers to reach the family.

    `are_papers_in_time` is False where the papers cannot be there by then: such a day is for a conference
    that may not wait, and a page has to say so.
    """

    day: date
    papers_by: date
    are_papers_in_time: bool


def propose_dates(
    start: date,
    limit: Clock,
    *,
    chair_free: Collection[date] | None = None,
    rooms_free: Collection[date] | None = None,
    papers: Clock | None = None,
    papers_from: date | None = None,
    holidays: Collection[date] = (),
    not_before: date | None = None,
) -> tuple[ProposedDay, ...]:
    """Every working day inside `limit`, counted from `start`, on which a conference may be held, in order.

    `chair_free` and `rooms_free` are the days they are free, None where that is not known. Papers have to be
    with the family by `papers`, a limit before the day (of an initial conference when left out), and can be
    there on `papers_from` at the earliest (`start` when left out). `holidays` are days this authority closes
    beside the bank holidays. Days before `not_before` are left out. No day is a weekend: the census refuses
    such a conference (rule 8875). Empty where no day is left: it will be late, and the first free day after
    is for people to find.
    """
    last, before = due_on(limit, start), papers or clock(REPORTS)
    first = max(start, not_before or start)
    if last is None:
        return ()
    days = (first + timedelta(days=number) for number in range((last - first).days + 1))
    return tuple(
        _proposed(day, before, papers_from or start)
        for day in days
        if is_working_day(day)
        and day not in holidays
        and (chair_free is None or day in chair_free)
        and (rooms_free is None or day in rooms_free)
    )


def _proposed(day: date, papers: Clock, papers_from: date) -> ProposedDay:
    papers_by = due_on(papers, day) or day
    return ProposedDay(day, papers_by, papers_by >= papers_from)
