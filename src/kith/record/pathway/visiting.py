"""A visit and what hangs on it in other rooms: what stays owed of it, and what it puts into a plan.

Why a child was not seen is owed, for nobody may have time to say it. What comes next is written once: as the
visit has it, and as something to do in the children's plan.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from kith.record.owed import queries as owed_queries
from kith.record.owed import services as owed
from kith.record.people.models import Person, User
from kith.record.people.queries import kept_ids
from kith.record.planning import permissions as planning_permissions
from kith.record.planning import queries as plans
from kith.record.planning import services as planning
from kith.record.planning.models import Plan, PlanAction
from kith.record.planning.policies import NotOnThisPlan
from kith.record.said import NotSaid
from kith.record.visits import services as visits
from kith.record.visits.models import How, NoteAbout, Seen, Visit
from kith.record.visits.queries import children_of
from kith.record.visits.services import Saw
from kith.record.voice.services import unheed

NOT_SEEN = "not_seen"
WRONG = "It was written on the wrong child’s record."
MET = (How.IN_PERSON, How.VIDEO)


@dataclass(frozen=True)
class IntoPlan:
    """A plan that what comes next of a visit may go into, and which of the children it is for."""

    plan: Plan
    children: Sequence[int]


def plans_to_act_in(by: User, person_ids: Iterable[int]) -> list[IntoPlan]:
    """The open plans of these kept people to which `by` may add something for them, the newest first."""
    ids = [*person_ids]
    found = {plan.thread: plan for each in plans.plans_of(ids).values() for plan in each}
    is_open = [plan for plan in found.values() if plan.ended_on is None]
    on_plan = plans.ids_on([plan.thread for plan in is_open])
    mine = [IntoPlan(plan, [pk for pk in ids if pk in on_plan[plan.thread]]) for plan in is_open]
    return [
        one
        for one in sorted(mine, key=lambda one: (one.plan.started_on, one.plan.pk), reverse=True)
        if planning_permissions.can_plan(by, one.plan.kind, [Person(pk=pk) for pk in one.children])
    ]


@transaction.atomic
def write_visit(*, by: User, into_plans: Sequence[int] = (), next_who: str = "", **said: Any) -> Visit:
    """Write down a visit (as `visits.services.write_visit`); why a child was not seen is owed the same day.

    What comes next becomes something to do in each of the plans whose threads are in `into_plans`: done by
    `next_who`, in words, or by `by` where nobody is named, and for those of the visit's children who are
    on that plan. Raises what that service and `planning.services.add_action` raise.
    """
    actions = _put_into_plans(into_plans, next_who, said, by)
    visit = visits.write_visit(by=by, actions=[action.thread for action in actions], **said)
    for seen in children_of(visit):
        if isinstance(seen, Seen) and _lacks_a_reason(seen):
            owed.owe(what=NOT_SEEN, fact=seen, persons=[seen.person_id], by=by, owed_by=by)
    return visit


@transaction.atomic
def correct_seen(*, seen: Seen, said: Saw, because: str, by: User, expected: int | None = None) -> Seen:
    """Put one child's part of a visit right; a reason given or a child seen settles what was owed.

    Raises what `visits.services.correct_seen` raises.
    """
    new = visits.correct_seen(seen=seen, said=said, because=because, by=by, expected=expected)
    if not _lacks_a_reason(new):
        owed.settle(what=NOT_SEEN, by=by, done=new, of=new)
    return new


def _lacks_a_reason(seen: Seen) -> bool:
    return seen.how in MET and seen.is_seen is False and not seen.why_not_seen


def _put_into_plans(
    threads: Sequence[int], next_who: str, said: dict[str, Any], by: User
) -> list[PlanAction]:
    what = said.get("what_next", "").strip()
    if threads and not what:
        raise NotSaid(
            "Nobody said what comes next.", "Write what comes next, so that it can go into the plan."
        )
    saw = kept_ids([one.child.pk for one in said["saw"]])
    found = [plan for thread in dict.fromkeys(threads) if (plan := plans.plan_of(thread))]
    return [
        planning.add_action(
            plan=plan,
            what=what,
            only_for=whose,
            owner=None if next_who.strip() else by,
            owner_in_words=next_who.strip(),
            due_on=said.get("next_by"),
            by=by,
        )
        for plan in found
        for whose in _for_whom(plan, {*saw.values()})
    ]


def _for_whom(plan: Plan, visited: set[int]) -> list[Person | None]:
    """For all on a plan where the visit was to all of them; else for each of those it was to alone."""
    on_plan = plans.ids_on([plan.thread])[plan.thread]
    there = [pk for pk in on_plan if pk in visited]
    if not there:
        raise NotOnThisPlan(
            f"The visit was to nobody on the {str(plan).lower()}.",
            "Tick the child it is for, or leave it out.",
        )
    return [None] if len(there) == len(on_plan) else [Person(pk=pk) for pk in there]


@transaction.atomic
def take_off(*, part: Seen | NoteAbout, because: str, by: User) -> Seen | NoteAbout:
    """Take off a child's file what was never about them, with what was owed of it.

    Raises what `visits.services.take_off` raises.
    """
    ended = visits.take_off(part=part, because=because, by=by)
    _owed_no_more(part, by)
    return ended


@transaction.atomic
def move_to_child(
    *, part: Seen | NoteAbout, to: Person, is_another_family: bool, because: str, by: User
) -> Seen | NoteAbout:
    """Give what was written about the wrong child to the right one; what was owed of it goes with it.

    Raises what `visits.services.move_to_child` and `move_to_other_family` raise.
    """
    act = visits.move_to_other_family if is_another_family else visits.move_to_child
    moved = act(part=part, to=to, because=because, by=by)
    _owed_no_more(part, by)
    if isinstance(moved, Seen) and _lacks_a_reason(moved):
        owed.owe(what=NOT_SEEN, fact=moved, persons=[moved.person_id], by=by, owed_by=by)
    return moved


def _owed_no_more(part: Seen | NoteAbout, by: User) -> None:
    for one in owed_queries.open_of(NOT_SEEN, of=part):
        owed.withdraw(owed=one.owed, because=WRONG, by=by)
    unheed(said_thread=part.thread, because=WRONG, by=by)
