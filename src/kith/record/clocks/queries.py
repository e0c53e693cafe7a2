"""What is due, met and late: for a child, for a worker's children, for a team's.

Everything is worked out from the record's facts and the standards' clocks at the time of asking; only
an authority's own limits for practice clocks are stored (`LocalClock`). The number of queries does
not grow with the number of children.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from django.db.models import Q

from kith.record.clocks.models import LocalClock
from kith.record.clocks.running import Running, running
from kith.record.people.models import Allocation, Membership, Person, Team, User
from kith.record.people.queries import in_force, same_person_ids
from kith.standards.clock_page import sentence
from kith.standards.clocks import Due, Facts, LocalLimit, Status, Unit, clock, due, every_due
from kith.standards.tables import rows

_WORDS = Path(__file__).parent / "data" / "plain_words.csv"
OPEN = frozenset({Status.DUE, Status.DUE_TODAY, Status.LATE})


@dataclass(frozen=True)
class DueLine:
    """One thing that is due, was met or is late for one child.

    `words` is the state in one line ("Due Tue 3 Mar 2026, 4 working days left"); `why` names the
    source and `strength` what stands behind it. An unverified clock has to be shown as such.
    `fact_table` and `fact_thread` open the fact that started it.
    """

    person_id: int
    clock: str
    what: str
    status: Status
    words: str
    started_on: date | None
    due_on: date | None
    met_on: date | None
    days_left: int | None
    why: str
    note: str
    strength: str
    is_verified: bool
    is_set_locally: bool
    fact_table: str
    fact_thread: int

    @property
    def is_open(self) -> bool:
        """Whether something is still to be done."""
        return self.status in OPEN

    @property
    def is_late(self) -> bool:
        return self.status == Status.LATE


@cache
def plain_words() -> dict[str, str]:
    """What a clock asks of a worker, by its id (data/plain_words.csv), where the law's own word says less."""
    return {row["clock"]: row["words"] for row in rows(_WORDS)}


def clocks_for(person: Person, on: date) -> list[DueLine]:
    """Everything due, met or late in what is open for a child on `on`; what is still to do comes first."""
    return _lines(list(same_person_ids(person)), on)


def due_for_worker(user: User, on: date) -> list[DueLine]:
    """What is due or late for the children allocated to a worker on `on`, the latest first."""
    allocated = Allocation.current.filter(in_force(on), worker=user).values_list("person", flat=True)
    return due_for_people(sorted(set(allocated)), on)


def due_for_team(team: Team, on: date) -> list[DueLine]:
    """What is due or late for the children of a team or of its members on `on`, the latest first."""
    members = Membership.objects.filter(in_force(on), team=team).values("user")
    allocated = Allocation.current.filter(in_force(on)).filter(Q(team=team) | Q(worker__in=members))
    return due_for_people(sorted(set(allocated.values_list("person", flat=True))), on)


def due_for_people(person_ids: Sequence[int], on: date) -> list[DueLine]:
    """What is due or late on `on` for these people, the latest first."""
    return [line for line in _lines(person_ids, on) if line.is_open]


def local_limits() -> list[LocalLimit]:
    """The limits this authority sets for practice clocks; the law's are never read from here."""
    return [
        LocalLimit(row.clock, row.amount, Unit(row.unit), row.started_on, row.ended_on)
        for row in LocalClock.objects.all()
    ]


def _lines(person_ids: Sequence[int], on: date) -> list[DueLine]:
    found = running(person_ids, on)
    local = local_limits() if found else []
    lines = [line for one in found for line in _lines_of(one, on, local)]
    return sorted(lines, key=lambda line: (not line.is_open, line.due_on or date.max, line.clock))


def _lines_of(one: Running, on: date, local: Sequence[LocalLimit]) -> list[DueLine]:
    """The lines of one running clock: each interval of one that repeats, else one; none before it started."""
    facts = Facts(started=one.started, met=one.met, events=one.events, ended=one.ended)
    limit = clock(one.clock)
    states = every_due(limit, facts, on, local) if limit.repeats else (due(limit, facts, on, local),)
    return [_line(one, state) for state in states if _is_shown(one, state)]


def _is_shown(one: Running, state: Due) -> bool:
    hidden = {Status.NOT_STARTED, Status.NO_DATE, Status.NO_DUTY, Status.FELL_AWAY}
    return state.status not in hidden and (one.can_be_met or state.status != Status.LATE)


def _line(one: Running, state: Due) -> DueLine:
    limit = state.clock
    return DueLine(
        person_id=one.person_id,
        clock=one.clock,
        what=plain_words().get(one.clock) or sentence(limit.event_to_due),
        status=state.status,
        words=state.words,
        started_on=state.started_on,
        due_on=state.due_on,
        met_on=state.met_on,
        days_left=state.days_left,
        why=limit.source,
        note=limit.rule_note,
        strength=limit.strength.value,
        is_verified=limit.is_verified,
        is_set_locally=limit.set_locally,
        fact_table=one.fact_table,
        fact_thread=one.fact_thread,
    )
