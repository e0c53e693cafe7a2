"""Giving children to a worker, and handing them over: what belongs to the work goes with it, once.

What is owed, what the worker took on in plans, and the meetings to come that they were asked to go to the
next worker; what is about a child who stays, stays. Drafts are one person's own words and stay theirs, named
on the handover's page. That the family is told, and a goodbye, are owed until somebody says when it was.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from kith.record.access import messages
from kith.record.access.looking import show_names
from kith.record.access.permissions import Level, accesses, check_can_open
from kith.record.audit import services as audit
from kith.record.care import queries as care
from kith.record.chronology.policies import check_code
from kith.record.chronology.services import tell
from kith.record.facts import is_in_force
from kith.record.help import queries as helped
from kith.record.help import services as help
from kith.record.help.services.families import LEADS
from kith.record.owed import services as owed
from kith.record.owed.models import Owed
from kith.record.owed.permissions import check_can_answer_for
from kith.record.owed.policies import check_open
from kith.record.owed.queries import persons_of
from kith.record.pathway.queries import stages
from kith.record.pathway.services import allocate_worker
from kith.record.people import staff
from kith.record.people.family import BROTHERS_AND_SISTERS, PARENTS, ties_of
from kith.record.people.models import Allocation, Person, Team, User
from kith.record.people.queries import (
    kept_ids,
    merged_under,
    name_of,
    roles_of,
    same_person_ids,
    workers_of,
)
from kith.record.planning import services as planning
from kith.record.protection import services as protection
from kith.record.refusals import NotPossible
from kith.record.workload import policies
from kith.record.workload import services as workload
from kith.record.workload.models import Handover
from kith.record.workload.queries import handed_over_with
from kith.standards.working_days import legal_day

SOCIAL_WORKER = "social_worker"
TOLD, GOODBYE = "handover_family_told", "handover_goodbye"  # what is owed (owed/data/what.csv)
FURTHEST_AHEAD = timedelta(days=92)


class NotTheirs(NotPossible):
    """A child whom the worker who is to hand over does not have, or the next worker has already."""


class SiblingsApart(NotPossible):
    """Brothers and sisters who would have different workers, and nobody said why."""


class ReasonForChangeMissing(NotPossible):
    """A change of social worker for which nobody said why, as a return asks for a child in care."""


@dataclass(frozen=True)
class OfFamily:
    """What is said of the family as children are handed over: who told them, and the goodbye to come."""

    told_by: str = ""
    told_on: date | None = None
    goodbye_on: date | None = None  # a day gone by is when it was


def works_with(worker: User, child: Person, on: date) -> list[Allocation]:
    """The worker's own allocations to a child on a day."""
    held = Allocation.current.filter(worker=worker, person__in=same_person_ids(child))
    return [one for one in held.select_related("team", "worker") if is_in_force(one, on)]


def children_with(worker: User, on: date) -> list[int]:
    """The kept ids of the children who are a worker's own on a day."""
    held = [one for one in Allocation.current.filter(worker=worker) if is_in_force(one, on)]
    return list(dict.fromkeys(kept_ids(one.person_id for one in held).values()))


@transaction.atomic
def give_children(
    *,
    children: Sequence[Person],
    worker: User,
    on: date,
    by: User,
    team: Team | None = None,
    role: str = SOCIAL_WORKER,
    change_reason: str = "",
    apart_because: str = "",
) -> list[Allocation]:
    """Return the allocations of these children to a worker from a day; whoever had the role hands over.

    What the worker before owed and took on goes with each child, and the new one is told. A child who is
    theirs already stays so. A family help lead leads the help that waited for one, where all of the family
    are theirs. `apart_because` is why brothers and sisters have different workers. Raises NotAllowed,
    NotPossible, CannotHold, SiblingsApart, ReasonForChangeMissing.
    """
    check_day(on)
    for child in children:
        check_can_open(by, child)
        _check_can_hold(worker, child, role, on)
    _keep_why_apart(children, worker, on, by, apart_because)
    new = [child for child in children if not any(one.role == role for one in works_with(worker, child, on))]
    had = {child.pk: _who_had(child, role, on) for child in new}
    given = [
        _give(
            child, worker, on, by, team=team, role=role, change_reason=change_reason,
            is_change=bool(had[child.pk]) and role == SOCIAL_WORKER,
        )
        for child in new
    ]  # fmt: skip
    for before in {one.pk: one for each in had.values() for one in each}.values():
        _go_with([child for child in new if before in had[child.pk]], before, worker, on, by)
    if role == LEADS:
        _lead_their_help(children, worker, on, by)
    if given:
        _tell(worker, by, f"{_so_many(given)} been allocated to you by {by}.", part="children")
    return given


def _lead_their_help(children: Sequence[Person], worker: User, on: date, by: User) -> None:
    """Name who leads the help that waits for that, where all of the family whom it is for are theirs now."""
    ids = {*kept_ids(child.pk for child in children).values()}
    open_now = [one for one in helped.episodes_of(ids) if one.ended_on is None]
    for family in map(helped.help_of, dict.fromkeys(one.family_thread for one in open_now)):
        if family is None or family.lead is not None:
            continue
        if ids.issuperset(helped.ids_helped([family.thread])[family.thread]):
            help.lead_named(help=family, worker=worker, on=max(on, legal_day(family.accepted_at)), by=by)


def _give(
    child: Person, worker: User, on: date, by: User, *, is_change: bool, change_reason: str, **of: Any
) -> Allocation:
    check_reason_for_change(child, on, change_reason, is_change=is_change)
    return allocate_worker(child=child, on=on, worker=worker, by=by, change_reason=change_reason, **of)


def _who_had(child: Person, role: str, on: date) -> list[User]:
    held = Allocation.current.filter(person__in=same_person_ids(child), role=role, ended_on=None)
    return [one.worker for one in held.exclude(worker=None).select_related("worker")]


@transaction.atomic
def hand_over(
    *,
    children: Sequence[Person],
    before: User,
    to: User,
    on: date,
    by: User,
    change_reason: str = "",
    lines: Mapping[int, Mapping[str, str]] | None = None,
    family: OfFamily | None = None,
    apart_because: str = "",
) -> list[Handover]:
    """Return what goes with each child from one worker to the next, whose they are from a day.

    `lines` are up to three of each child (`what_matters`, `promised`, `comes_next`). What `family` does not
    say the next worker owes. `apart_because` is why brothers and sisters have different workers from then.
    Raises NotAllowed, NotTheirs, CannotHold, SiblingsApart, ReasonForChangeMissing, ReasonMissing, WrongDay,
    NotPossible, VersionClash.
    """
    check_day(on)
    for child in children:
        check_can_open(by, child)
    _keep_why_apart(children, to, on, by, apart_because)
    of_family = _known_of(family or OfFamily(), on)
    written = [
        _hand_over(child, before, to, on, by, change_reason, {**of_family, **(lines or {}).get(child.pk, {})})
        for child in children
    ]
    _go_with(children, before, to, on, by)
    _owe_to_family(written, to, by)
    goes = f"{_so_many(written)} been handed to you by {by}. Read what goes with them."
    _tell(to, by, goes, part="handed-over")
    return written


def _known_of(family: OfFamily, on: date) -> dict[str, Any]:
    known: dict[str, Any] = {}
    today = timezone.localdate()
    if family.told_on or family.told_by.strip():
        known["family_told_by"] = policies.check_who_told(family.told_by)
        known["family_told_on"] = family.told_on or today
        policies.check_happened(Handover(from_on=on), known["family_told_on"], today)
    if family.goodbye_on and family.goodbye_on < today:
        policies.check_happened(Handover(from_on=on), family.goodbye_on, today)
        known["goodbye_held_on"] = family.goodbye_on
    elif family.goodbye_on:
        check_day(family.goodbye_on)
        known["goodbye_on"] = family.goodbye_on
    return known


def _owe_to_family(written: Sequence[Handover], to: User, by: User) -> None:
    if not written:
        return
    first, about = written[0], [one.person_id for one in written]
    if first.family_told_on is None:
        owed.owe(what=TOLD, fact=first, persons=about, by=by, owed_by=to)
    if first.goodbye_held_on is None:
        owed.owe(what=GOODBYE, fact=first, persons=about, by=by, owed_by=to, due_on=first.goodbye_on)


@transaction.atomic
def say_family_is_told(*, left: Owed, told_by: str, on: date, by: User) -> list[Handover]:
    """Return the handovers with who told the family, which is owed no more.

    Raises NotAllowed, NotOwed, ReasonMissing, WrongDay, VersionClash.
    """
    handovers = _handovers_to_settle(left, TOLD, by)
    told = workload.say_family_is_told(handovers=handovers, told_by=told_by, on=on, by=by)
    owed.settle_one(left, done=told[0], by=by)
    return told


@transaction.atomic
def say_goodbye_is_held(*, left: Owed, on: date, by: User) -> list[Handover]:
    """Return the handovers with the day of the visit together, which is owed no more.

    Raises NotAllowed, NotOwed, WrongDay, VersionClash.
    """
    handovers = _handovers_to_settle(left, GOODBYE, by)
    held = workload.say_goodbye_is_held(handovers=handovers, on=on, by=by)
    owed.settle_one(left, done=held[0], by=by)
    return held


def _handovers_to_settle(left: Owed, what: str, by: User) -> list[Handover]:
    check_can_answer_for(by, left)
    check_open(left)
    found = handed_over_with(left.fact_thread, persons_of(left)) if left.what == what else []
    if not found:
        raise NotTheirs("This handover is no longer on record.", "Say why it is not needed instead.")
    return found


def _hand_over(
    child: Person, before: User, to: User, on: date, by: User, change_reason: str, said: Mapping[str, Any]
) -> Handover:
    check_can_open(by, child)
    held = works_with(before, child, on)
    if not held:
        raise NotTheirs(
            f"{name_of(child)} is not {before}’s to hand over.", "Look again who works with them."
        )
    if before.pk == to.pk or works_with(to, child, on):
        raise NotTheirs(f"{to} works with {name_of(child)} already.", "Choose somebody else.")
    for allocation in held:
        _check_can_hold(to, child, allocation.role, on)
        is_change = allocation.role == SOCIAL_WORKER
        check_reason_for_change(child, on, change_reason, is_change=is_change)
        tell(staff.hand_over(allocation, by=by, to=to, on=on, change_reason=change_reason))
    return workload.write_handover(child=child, to=to, on=on, by=by, handed_by=before, **said)


def _check_can_hold(worker: User, child: Person, role: str, on: date) -> None:
    """Raise CannotHold where the worker's role cannot hold this kind of work with the child."""
    ids = same_person_ids(child)
    stage = stages({child.pk: ids}, on)[child.pk].name
    held = Allocation.current.filter(person__in=ids, role=SOCIAL_WORKER, ended_on=None)
    has_social_worker = held.exclude(worker=None).exclude(worker=worker).exists()
    policies.check_can_hold(
        worker.name, roles_of(worker, on=on), role, stage, on, child=name_of(child),
        is_beside=has_social_worker,
    )  # fmt: skip


def siblings_apart(children: Sequence[Person], worker: User, on: date, by: User) -> dict[int, str]:
    """The brothers and sisters of these children who have another worker than `worker`: whom, by kept id.

    Only of those whom `by` may know of, and only who is not among the children.
    """
    chosen = set(kept_ids(child.pk for child in children).values())
    others = set(kept_ids(pk for child in children for pk in _siblings(child)).values()) - chosen
    seen = accesses(by, others) if others else {}
    under = merged_under(pk for pk in others if seen[pk].level > Level.NOTHING)
    root = {pk: kept for kept, ids in under.items() for pk in ids}
    held = [one for one in workers_of(root, on=on) if one.worker and one.ended_on is None]
    with_worker = {root[one.person_id] for one in held if one.worker_id == worker.pk}
    return {root[one.person_id]: str(one.worker) for one in held if root[one.person_id] not in with_worker}


def _siblings(child: Person) -> list[int]:
    """Brothers and sisters, half and step too: by a tie of their own, or as children of one parent."""
    ties = ties_of(child)
    near = [tie.person_id for tie in ties if tie.kind in BROTHERS_AND_SISTERS]
    of_parents = [ties_of(Person(pk=tie.person_id)) for tie in ties if tie.kind in PARENTS]
    return near + [tie.person_id for each in of_parents for tie in each if tie.kind == "own_child"]


def _keep_why_apart(children: Sequence[Person], worker: User, on: date, by: User, because: str) -> None:
    """Write down why brothers and sisters have different workers. Raises SiblingsApart where nobody said.

    It names them: who calls this within `looks_together` has that look on record, though the act is undone.
    """
    apart = siblings_apart(children, worker, on, by)
    if not apart:
        return
    if not because.strip():
        people = show_names(by, apart, where="brothers and sisters with another worker")
        names = "; ".join(f"{people[pk].name} has {other}" for pk, other in apart.items())
        raise SiblingsApart(
            f"Brothers and sisters would have different workers: {names}. The family then tells its story "
            "twice, is visited twice, and nobody sees all of its children.",
            f"Choose them too, choose the worker they have, or say why they are with somebody else than "
            f"{worker}.",
        )
    about = {"because": because.strip()[:500], "with": {str(pk): other for pk, other in apart.items()}}
    audit.record_many("siblings_apart", by=by, persons=children, about=about)


def _go_with(children: Sequence[Person], before: User, after: User, on: date, by: User) -> None:
    """Let what is owed, planned and to come of these children, by now the next worker's, go with them."""
    if before.pk == after.pk:
        return
    moved = [pk for child in children for pk in same_person_ids(child)]
    stay = children_with(before, on)
    owed.go_with_the_work(person_ids=moved, before=before, after=after, by=by)
    planning.go_with_the_work(persons=children, before=before, after=after, by=by, still_theirs=stay)
    for room in (protection, help):
        room.go_with_the_work(person_ids=moved, before=before, after=after, by=by, still_theirs=stay)


def check_day(on: date) -> None:
    """Raise NotPossible for a day that has long gone by, or is months ahead."""
    today = timezone.localdate()
    if not today - FURTHEST_AHEAD <= on <= today + FURTHEST_AHEAD:
        raise NotPossible("This day is more than three months away.", "Check the day.")


def check_reason_for_change(child: Person, on: date, reason: str, *, is_change: bool) -> None:
    """Raise ReasonForChangeMissing where a return asks why the social worker of a child in care changed."""
    if reason:
        check_code("social_worker_change_reason", reason, on, "Why the social worker changes")
    elif is_change and care.periods_of(same_person_ids(child), on):
        raise ReasonForChangeMissing(
            f"{name_of(child)} is in care, and nobody said why the social worker changes.",
            "Choose why it changes.",
        )


def _so_many(given: Sequence[object]) -> str:
    return "One child has" if len(given) == 1 else f"{len(given)} children have"


def _tell(worker: User, by: User, text: str, *, part: str) -> None:
    if worker.pk != by.pk:
        messages.tell([worker], text, link=messages.page("my_work", part=part))
