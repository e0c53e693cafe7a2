"""What was handed over, and what is said of what is due."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef

from kith.record.clocks.queries import DueLine, what_is_due
from kith.record.people.models import User
from kith.record.versions import current_facts
from kith.record.workload.models import Handover, SaidOfClock

Key = tuple[int, str, int, date | None]


@dataclass(frozen=True)
class PutAside:
    """Something that nobody has to do, with why, and in words what it was."""

    said: SaidOfClock
    what: str


def said_of(person_ids: Iterable[int]) -> dict[Key, SaidOfClock]:
    """Why what is due for these people is late, by the line's `key_of`."""
    return {_key(one): one for one in _said(person_ids) if one.kind == one.Kind.LATE}


def not_needed(person_ids: Sequence[int]) -> set[Key]:
    """What nobody has to do for these people, as `key_of` their lines."""
    return {_key(one) for one in _said(person_ids) if one.kind == one.Kind.NOT_NEEDED}


def put_aside_for(person_ids: Iterable[int]) -> list[PutAside]:
    """What a manager said nobody has to do for these people, in words, what was said last first."""
    said = [one for one in _said(person_ids) if one.kind == one.Kind.NOT_NEEDED]
    return [PutAside(one, what_is_due(one.clock)) for one in sorted(said, key=lambda one: -one.pk)]


def _said(person_ids: Iterable[int]) -> list[SaidOfClock]:
    return current_facts(SaidOfClock, person_ids, "recorded_by")


def key_of(line: DueLine) -> Key:
    """What tells one thing due for one child from every other."""
    return line.child_id, line.clock, line.fact_thread, line.due_on


def _key(one: SaidOfClock) -> Key:
    return one.person_id, one.clock, one.fact_thread, one.due_on


def handovers_of(person_ids: Iterable[int]) -> list[Handover]:
    """How these people were handed over, the latest first."""
    found = current_facts(Handover, person_ids, "handed_by", "taken_by")
    return sorted(found, key=lambda one: (one.handed_at, one.pk), reverse=True)


def handed_over_with(thread: int, person_ids: Iterable[int]) -> list[Handover]:
    """The handovers of these people in the same act as the one of this thread: from whom, to whom, when."""
    first = Handover.current.filter(thread=thread).first()
    if first is None:
        return []
    act = {"handed_by": first.handed_by_id, "taken_by": first.taken_by_id, "from_on": first.from_on}
    return list(Handover.current.filter(**act, person_id__in=[*person_ids]).order_by("pk"))


def to_read(user: User) -> list[Handover]:
    """What was handed over to a worker who has not said that they read it, the first handed first.

    What they have handed on since is for the next worker to read, and no longer theirs.
    """
    on = Handover.current.filter(
        person=OuterRef("person"), handed_by=user, handed_at__gt=OuterRef("handed_at")
    )
    waiting = Handover.current.filter(~Exists(on), taken_by=user, read_at=None).select_related("handed_by")
    return list(waiting.order_by("handed_at", "pk"))
