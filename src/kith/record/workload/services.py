"""Writing what goes with a child to their next worker, and reasons for what is late or not needed."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from kith.record.access import messages
from kith.record.access.permissions import may_know
from kith.record.audit import services as audit
from kith.record.chronology.entering import carry_on, enter
from kith.record.clocks.queries import DueLine
from kith.record.facts import Ending
from kith.record.people.models import Person, User
from kith.record.people.queries import same_person_ids, workers_of
from kith.record.people.records import lock_people
from kith.record.versions import enter_in_error
from kith.record.workload import permissions, policies
from kith.record.workload.models import Handover, SaidOfClock


@transaction.atomic
def write_handover(
    *,
    child: Person,
    to: User,
    on: date,
    by: User,
    handed_by: User,
    what_matters: str = "",
    promised: str = "",
    comes_next: str = "",
    **of_family: Any,
) -> Handover:
    """Return what goes with a child to their next worker; what the record holds is not written again.

    `of_family` are `family_told_on` and `family_told_by`, and `goodbye_on` or `goodbye_held_on`, as far as
    they are known. For the act that hands the child over, in its own transaction, which has checked who may.
    """
    written = Handover(
        person=child,
        handed_by=handed_by,
        taken_by=to,
        from_on=on,
        what_matters=what_matters.strip(),
        promised=promised.strip(),
        comes_next=comes_next.strip(),
        **of_family,
    )
    return enter(written, by=by, act="write_handover")


@transaction.atomic
def say_it_is_read(*, handover: Handover, by: User) -> Handover:
    """Return the handover, read by the worker it is for; said again, it is as it was. Raises NotAllowed."""
    permissions.check_can_read(by, handover)
    now: Handover = Handover.current.select_for_update().get(thread=handover.thread)
    if now.read_at is not None:
        return now
    return carry_on(now, by=by, act="read_handover", read_at=timezone.now())


@transaction.atomic
def say_family_is_told(*, handovers: Sequence[Handover], told_by: str, on: date, by: User) -> list[Handover]:
    """Return these handovers with who told the family that their worker changes, and when.

    For the act that settles what is owed, in its own transaction, which has checked who may. Raises
    ReasonMissing, WrongDay.
    """
    who = policies.check_who_told(told_by)
    return _carry_each(handovers, on, by, "told_family_of_handover", family_told_by=who, family_told_on=on)


@transaction.atomic
def say_goodbye_is_held(*, handovers: Sequence[Handover], on: date, by: User) -> list[Handover]:
    """Return these handovers with the day of the visit together, or of the goodbye.

    For the act that settles what is owed, in its own transaction, which has checked who may. Raises WrongDay.
    """
    return _carry_each(handovers, on, by, "said_goodbye_at_handover", goodbye_held_on=on)


def _carry_each(
    handovers: Sequence[Handover], on: date, by: User, act: str, **changes: Any
) -> list[Handover]:
    for one in handovers:
        policies.check_happened(one, on, timezone.localdate())
    return [carry_on(one, by=by, act=act, **changes) for one in handovers]


@transaction.atomic
def say_why_late(*, lines: Sequence[DueLine], because: str, by: User) -> list[SaidOfClock]:
    """Return why these things are late, each for its child; the days stay as they are.

    Said again, the newer reason stands and the older stays readable. Raises NotAllowed, ReasonMissing.
    """
    permissions.check_can_say_why_late(by, [Person(pk=line.child_id) for line in lines])
    said = policies.check_reason(because)
    return [_say(SaidOfClock.Kind.LATE, line, said, by, "say_why_late") for line in lines]


@transaction.atomic
def put_aside(*, lines: Sequence[DueLine], because: str, by: User) -> list[SaidOfClock]:
    """Return that nobody has to do these things, and why: they are due no more, each for its child.

    What is due after them (the next visit, the next review) stays. Raises NotAllowed, ReasonMissing.
    """
    permissions.check_can_put_aside(by, [Person(pk=line.child_id) for line in lines])
    said = policies.check_reason(because)
    aside = [_say(SaidOfClock.Kind.NOT_NEEDED, line, said, by, "put_aside") for line in lines]
    for one in aside:
        _tell_workers(
            one.person_id, f"{by} decided that something due for a child of yours is not needed.", by
        )
    return aside


@transaction.atomic
def due_again(*, aside: SaidOfClock, because: str, by: User) -> SaidOfClock:
    """Return what was put aside, taken back with a reason: it is due again on the day it was due.

    It stays readable. Raises NotAllowed, ReasonMissing, VersionClash (taken back already, or said anew).
    """
    permissions.check_can_put_aside(by, [Person(pk=aside.person_id)])
    ended = enter_in_error(aside, because=policies.check_reason(because), ended_as=Ending.CONTINUED)
    about = {"fact": aside._meta.label_lower, "thread": aside.thread, "clock": aside.clock}
    audit.record("due_again", by=by, person=aside.person_id, about=about)
    _tell_workers(aside.person_id, f"{by} decided that something is due again for a child of yours.", by)
    return ended


def _tell_workers(person_id: int, text: str, by: User) -> None:
    child = Person(pk=person_id)
    workers = [one.worker for one in workers_of(same_person_ids(child)) if one.worker != by]
    messages.tell(may_know(workers, [child]), text, link=messages.page("story", person_id))


def _say(kind: str, line: DueLine, because: str, by: User, act: str) -> SaidOfClock:
    of = {
        "person_id": line.child_id,
        "kind": kind,
        "clock": line.clock,
        "fact_thread": line.fact_thread,
        "due_on": line.due_on,
    }
    lock_people([Person(pk=line.child_id)])
    before: SaidOfClock | None = SaidOfClock.current.filter(**of).first()
    if before is None:
        return enter(SaidOfClock(**of, fact_table=line.fact_table, reason=because), by=by, act=act)
    if before.reason == because:
        return before
    return carry_on(before, by=by, act=act, ended_as="corrected", reason=because)
