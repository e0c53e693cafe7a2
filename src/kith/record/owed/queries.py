"""What is still owed: by a worker, by a team, about a child, of an act."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.utils import timezone

from kith.record.clocks.queries import local_limits
from kith.record.facts import Version
from kith.record.owed.models import Owed, OwedFor
from kith.record.owed.what import falls_due_on, whats
from kith.record.people.models import User
from kith.record.people.queries import memberships_of
from kith.record.versions import is_known_absent, parts_of
from kith.standards.dates import long_date
from kith.standards.working_days import legal_day

OPEN = Q(done_at=None, not_needed_at=None)


@dataclass(frozen=True)
class OwedLine:
    """One thing owed as a page shows it: what, by when, by whom, about whom; `state` says when in words."""

    owed: Owed
    words: str
    due_on: date
    is_late: bool
    is_due_today: bool
    is_verified: bool
    state: str
    person_ids: tuple[int, ...]

    @property
    def who(self) -> str:
        """Who owes it."""
        return str(self.owed.owed_by or self.owed.team)


def owed_by(user: User, now: datetime) -> list[OwedLine]:
    """What a worker owes, and what their teams owe with nobody named; the latest first."""
    teams = {member.team_id for member in memberships_of(user)}
    return _lines(Owed.current.filter(Q(owed_by=user) | Q(owed_by=None, team__in=teams)), now)


def owed_for(person_ids: Iterable[int], now: datetime) -> list[OwedLine]:
    """What is owed about these people, as their records' ids; the latest first."""
    ids = [*person_ids]
    if is_known_absent(OwedFor, ids):
        return []
    about = OwedFor.current.filter(person_id__in=ids).values("matter_thread")
    return _lines(Owed.current.filter(thread__in=about), now)


def owed_of(facts: Iterable[Version], now: datetime) -> list[OwedLine]:
    """What these acts left owed; the latest first."""
    return _lines(Owed.current.filter(fact_thread__in=[fact.thread for fact in facts]), now)


def everything_owed(now: datetime) -> list[OwedLine]:
    """All that is owed by anybody; the latest first."""
    return _lines(Owed.current.all(), now)


def open_of(what: str, *, of: Version | None = None, persons: Sequence[int] = ()) -> list[OwedLine]:
    """What is owed of one kind: left of the fact `of`, or about nobody but `persons`."""
    if of is not None:
        return _lines(Owed.current.filter(what=what, fact_thread=of.thread), timezone.now())
    wanted = set(persons)
    about = OwedFor.current.filter(person_id__in=wanted).values("matter_thread")
    lines = _lines(Owed.current.filter(what=what, thread__in=about), timezone.now())
    return [line for line in lines if wanted.issuperset(line.person_ids)]


def persons_of(owed: Owed) -> list[int]:
    """The ids of the people whom something owed is about."""
    return [part.person_id for part in parts_of(OwedFor, [owed.thread])[owed.thread]]


def _lines(found: "QuerySet[Owed]", now: datetime) -> list[OwedLine]:
    rows = list(found.filter(OPEN).select_related("owed_by", "team"))
    about = parts_of(OwedFor, [one.thread for one in rows]) if rows else {}
    local, today = (local_limits() if rows else []), legal_day(now)
    lines = []
    for one in rows:
        due = one.due_on or falls_due_on(one.what, one.started_at, local)
        kind = whats()[one.what]
        lines.append(
            OwedLine(
                owed=one,
                words=kind.words,
                due_on=due,
                is_late=due < today,
                is_due_today=due == today,
                is_verified=kind.is_verified,
                state=_state(due, today),
                person_ids=tuple(part.person_id for part in about[one.thread]),
            )
        )
    return sorted(lines, key=lambda line: (line.due_on, line.owed.pk))


def _state(due: date, today: date) -> str:
    if due < today:
        return f"Was due {long_date(due)}"
    return f"Due today, {long_date(due)}" if due == today else f"Due {long_date(due)}"
