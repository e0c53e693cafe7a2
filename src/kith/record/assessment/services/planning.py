"""Beginning and ending a child in need plan."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.db import transaction

from kith.record.assessment import permissions, policies
from kith.record.assessment.models import ChildInNeedPlan, NeedPlanMeeting
from kith.record.assessment.queries import open_need_plans
from kith.record.chronology.entering import carry_on, enter_each
from kith.record.chronology.policies import check_children, check_day, life_of
from kith.record.people.deciding import decided
from kith.record.people.models import Person, User
from kith.record.people.queries import same_person_ids
from kith.record.people.records import lock_people, records_of
from kith.record.versions import current_facts


@transaction.atomic
def start_child_in_need_plan(
    *, children: Sequence[Person], on: date, referrals: Mapping[int, int], by: User
) -> list[ChildInNeedPlan]:
    """Begin a child in need plan for each of the children; `referrals` as for an assessment.

    Raises NotAllowed, NoChildren, WrongDate, NoCaseOpen, AlreadyOpen.
    """
    permissions.check_can_assess(by, children)
    everybody = lock_people(children)
    policies.check_children_and_cases(children, on, referrals)
    policies.check_no_plan(open_need_plans(everybody, on).values())
    return enter_each(
        [
            ChildInNeedPlan(
                person=child,
                referral_thread=referrals[child.pk],
                started_on=on,
                **decided(by, child, on),
            )
            for child in children
        ],
        by=by,
        act="start_child_in_need_plan",
    )


@transaction.atomic
def end_child_in_need_plan(*, plan: ChildInNeedPlan, on: date, by: User) -> ChildInNeedPlan:
    """End a child in need plan; its new version. Raises NotAllowed, NotOpen, WrongDate, VersionClash."""
    permissions.check_can_assess(by, [plan.person])
    check_day(on, life_of(plan.person), is_an_ending=True)
    policies.check_ending(plan, on)
    return carry_on(plan, by=by, act="end_child_in_need_plan", ended_on=on)


def take_over(
    *, children: Sequence[Person], on: date, referrals: Mapping[int, int], by: User
) -> list[ChildInNeedPlan]:
    """Begin the child in need plans that follow a protection plan, on the day its conference ends it.

    The act that ends it has checked who may and when. A child without an open case, or with such a plan
    already, gets none.
    """
    held = open_need_plans(lock_people(children), on)
    under = records_of(children)
    return enter_each(
        [
            ChildInNeedPlan(
                person=child, referral_thread=referrals[child.pk], started_on=on, **decided(by, child, on)
            )
            for child in children
            if child.pk in referrals and not held.keys() & {*under[child.pk]}
        ],
        by=by,
        act="start_child_in_need_plan",
    )


@transaction.atomic
def hold_need_plan_meeting(
    *,
    plans: Sequence[ChildInNeedPlan],
    on: date,
    by: User,
    is_family_there: bool | None = None,
    who_came: str = "",
    decided_for: Mapping[int, str] | None = None,
) -> list[NeedPlanMeeting]:
    """Write down one meeting about these children's plans; what was decided is each child's own.

    `decided_for` is by person id. Raises NotAllowed, NoChildren, NotOpen, WrongDate.
    """
    children = [plan.person for plan in plans]
    permissions.check_can_assess(by, children)
    check_children(children)
    for plan in plans:
        check_day(on, life_of(plan.person))
        policies.check_ending(plan, on)
    said = decided_for or {}
    held = [
        NeedPlanMeeting(
            person=plan.person,
            plan_thread=plan.thread,
            held_on=on,
            is_family_there=is_family_there,
            who_came=who_came.strip(),
            decided=said.get(plan.person_id, "").strip(),
        )
        for plan in plans
    ]
    return enter_each(held, by=by, act="hold_need_plan_meeting")


def end_with(*, child: Person, on: date, because: str, by: User) -> list[ChildInNeedPlan]:
    """Return the child in need plans of a child for whom nothing goes on, ended that day.

    The act that ends them has checked who may.
    """
    held = current_facts(ChildInNeedPlan, same_person_ids(child))
    return [
        carry_on(
            plan, by=by, act="end_child_in_need_plan", because=because, ended_on=max(on, plan.started_on)
        )
        for plan in held
        if plan.ended_on is None
    ]


def give_way(*, children: Sequence[Person], on: date, by: User) -> list[ChildInNeedPlan]:
    """End the child in need plans that a protection plan or care replaces, on the day it begins.

    The act that replaces them has checked who may and when; plans never stay open side by side.
    """
    plans = open_need_plans(lock_people(children), on).values()
    return [
        carry_on(plan, by=by, act="end_child_in_need_plan", ended_on=on)
        for plan in plans
        if plan.ended_on is None
    ]
