"""What is due, met and late: for a child, for a worker's children, for a team's.

Everything is worked out from the record's facts and the standards' clocks at the time of asking; only
an authority's own limits for practice clocks are stored (`LocalClock`). The number of queries does
not grow with the number of children. `now` is a moment where hours matter, and may be a day.
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import NoReverseMatch, reverse

from kith.record.clocks.models import LocalClock
from kith.record.clocks.running import Running, put_aside, running, running_about
from kith.record.clocks.words import beside, plain_words
from kith.record.people.models import Person
from kith.record.people.queries import same_person_ids
from kith.standards.clock_page import sentence
from kith.standards.clocks import Due, Facts, LocalLimit, Moment, Status, Unit, clock, day_of, due, every_due
from kith.standards.dates import long_date

OPEN = frozenset({Status.DUE, Status.DUE_TODAY, Status.LATE})


@dataclass(frozen=True)
class DueLine:
    """One thing that is due, was met or is late, for one child or about a matter.

    `words` is the state in one line ("Due Tue 3 Mar 2026, 4 working days left"); `why` names the
    source and `strength` what stands behind it. An unverified clock has to be shown as such.
    `fact_table` and `fact_thread` open the fact that started it. `due_at` is the moment, for a limit in
    hours whose start has an hour. `calendar_days_since` counts from the day it started, weekends and
    holidays too. `act` and `url` are the button that does it, both "" where no page does. Where
    `person_id` is None, `about` and `subject` say what it is about. `beside` is what the calendar does to
    it, a sentence each: holidays left out, a last day on which nobody works, a long break before it.
    `is_set_for_child`: the limit is what this child's own plan says, and not the authority's.
    `is_at_once`: somebody may be in danger until it is done; `words` say so, and its limit beside it.
    """

    person_id: int | None
    clock: str
    what: str
    status: Status
    words: str
    started_on: date | None
    due_on: date | None
    met_on: date | None
    days_left: int | None
    why: str
    strength: str
    is_verified: bool
    is_set_locally: bool
    fact_table: str
    fact_thread: int
    due_at: datetime | None = None
    calendar_days_since: int = 0
    about: tuple[str, int] | None = None
    subject: str = ""
    act: str = ""
    url: str = ""
    beside: tuple[str, ...] = ()
    is_set_for_child: bool = False
    is_at_once: bool = False

    @property
    def child_id(self) -> int:
        """The child it is about. Raises LookupError for a line about no child."""
        if self.person_id is None:
            raise LookupError(f"This line of {self.clock} is about {self.subject}, and about no child.")
        return self.person_id

    @property
    def is_open(self) -> bool:
        """Whether something is still to be done."""
        return self.status in OPEN

    @property
    def is_late(self) -> bool:
        return self.status == Status.LATE


@dataclass(frozen=True)
class DueTogether:
    """One thing due on one day for several children of one family: `line` is that of the first."""

    line: DueLine
    person_ids: tuple[int, ...]


def clocks_for(person: Person, now: Moment) -> list[DueLine]:
    """Everything due, met or late in what is open for a child; what is still to do comes first."""
    ids = list(same_person_ids(person))
    return _lines(running(ids, day_of(now)), now, of=ids)


def due_for_people(person_ids: Sequence[int], now: Moment) -> list[DueLine]:
    """What is due or late for these people, the latest first."""
    return [line for line in _lines(running(person_ids, day_of(now)), now) if line.is_open]


def clocks_about(table: str, threads: Sequence[int], now: Moment) -> list[DueLine]:
    """Everything due, met or late about these rows of a table, such as requests for help; open ones first.

    Who may see a row is for who asks.
    """
    return _lines(running_about(table, threads, day_of(now)), now)


def together(lines: Iterable[DueLine], family_of: Mapping[int, Hashable]) -> list[DueTogether]:
    """One entry for the children of one family of whom the same is due on the same day, in the lines' order.

    Where the next thing to do differs (to go on with one's assessment, to begin another's), each has a line.
    `family_of` tells a child's family; a child it leaves out stands alone, as every line about no child does.
    """
    groups: dict[Hashable, list[DueLine]] = {}
    for line in lines:
        family = family_of.get(line.person_id, object()) if line.person_id is not None else object()
        same = (family, line.clock, line.due_on, line.due_at, line.status, line.act)
        groups.setdefault(same, []).append(line)
    return [DueTogether(group[0], _children(group)) for group in groups.values()]


def _children(lines: Iterable[DueLine]) -> tuple[int, ...]:
    """The children of these lines, each once, in their order."""
    return tuple(dict.fromkeys(line.person_id for line in lines if line.person_id is not None))


def what_is_due(clock_code: str) -> str:
    """What a clock asks for, in plain words."""
    return plain_words().get(clock_code) or sentence(clock(clock_code).event_to_due)


def local_limits() -> list[LocalLimit]:
    """The limits this authority sets for practice clocks; the law's are never read from here."""
    return [
        LocalLimit(row.clock, row.amount, Unit(row.unit), row.started_on, row.ended_on)
        for row in LocalClock.objects.all()
    ]


def _lines(found: Sequence[Running], now: Moment, of: Sequence[int] = ()) -> list[DueLine]:
    """`of` are the people asked about, where they are few: a page then asks once for all of them."""
    local = local_limits() if found else []
    aside = put_aside(of or sorted({one.person_id for one in found if one.person_id is not None}))
    lines = [
        line
        for one in found
        for line in _lines_of(one, now, local)
        if (line.person_id, line.clock, line.fact_thread, line.due_on) not in aside
    ]
    return sorted(
        lines, key=lambda line: (not line.is_open, not line.is_at_once, line.due_on or date.max, line.clock)
    )


def _lines_of(one: Running, now: Moment, local: Sequence[LocalLimit]) -> list[DueLine]:
    """The lines of one running clock: each interval of one that repeats, else one; none before it started."""
    facts = Facts(one.started, one.met, one.events, one.ended, one.asked_on)
    limit = clock(one.clock)
    local = one.own or local
    states = every_due(limit, facts, now, local) if limit.repeats else (due(limit, facts, now, local),)
    return [_line(one, state, day_of(now)) for state in states if _is_shown(one, state)]


def _is_shown(one: Running, state: Due) -> bool:
    hidden = {Status.NOT_STARTED, Status.NO_DATE, Status.NO_DUTY, Status.FELL_AWAY}
    return state.status not in hidden and (one.can_be_met or state.status != Status.LATE)


def _line(one: Running, state: Due, on: date) -> DueLine:
    limit = state.clock
    is_at_once = one.is_at_once and state.status in OPEN and state.status != Status.LATE
    return DueLine(
        person_id=one.person_id,
        clock=one.clock,
        what=what_is_due(one.clock),
        status=state.status,
        words=_at_once(state) if is_at_once else state.words,
        started_on=state.started_on,
        due_on=state.due_on,
        met_on=state.met_on,
        days_left=state.days_left,
        why=limit.source,
        strength=limit.strength.value,
        is_verified=limit.is_verified,
        is_set_locally=limit.set_locally,
        is_set_for_child=limit.set_locally and bool(one.own),
        fact_table=one.fact_table,
        fact_thread=one.fact_thread,
        due_at=state.due_at,
        calendar_days_since=(on - state.started_on).days if state.started_on else 0,
        about=one.about,
        subject=one.subject,
        act=one.act,
        url=_url(one),
        beside=tuple(beside(state, on)) if state.status in OPEN else (),
        is_at_once=is_at_once,
    )


def _at_once(state: Due) -> str:
    """What cannot wait for its day, said so; the ordinary day is told beside it."""
    return f"Now: the usual limit, {long_date(state.due_on)}, is no reason to wait"


def _url(one: Running) -> str:
    """The page of the button; "" where no such page is."""
    args = one.url_args or ((one.about[1],) if one.about else (one.person_id,))
    try:
        return reverse(one.url_name, args=args) if one.url_name else ""
    except NoReverseMatch:
        return ""
