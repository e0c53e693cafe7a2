"""Turning the outline plan into the full plan: the core group met, and something stands in the plan.

A core group may meet before anybody wrote a goal: then the plan is full once a goal or an action is written.
"""

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from kith.record.facts import Version
from kith.record.owed import services as owed
from kith.record.people.models import Person, User
from kith.record.people.queries import same_person_ids, survivor
from kith.record.planning import queries
from kith.record.planning import services as planning
from kith.record.planning.models import Goal, Plan, PlanAction, PlanKind
from kith.record.protection import services
from kith.record.protection.models import CoreGroup, ProtectionPlan
from kith.record.protection.queries import core_group_days, plans_ever

WHAT = "plan_in_full"


@transaction.atomic
def hold_core_group(*, plans: Sequence[ProtectionPlan], by: User, **said: Any) -> CoreGroup:
    """Write down a core group; a plan in which something stands is the full plan from then on.

    Raises what `protection.services.hold_core_group` raises.
    """
    group = services.hold_core_group(plans=plans, by=by, **said)
    _settle(plans, group, by)
    return group


@transaction.atomic
def set_goal(*, plan: Plan, by: User, **said: Any) -> Goal:
    """Return a new goal, which may make an outline the full plan. Raises what the room's service raises."""
    goal = planning.set_goal(plan=plan, by=by, **said)
    _settle(_met_about(plan), goal, by)
    return goal


@transaction.atomic
def add_action(*, plan: Plan, by: User, **said: Any) -> PlanAction:
    """Return a new action, which may make an outline the full plan. Raises what the room's service raises."""
    action = planning.add_action(plan=plan, by=by, **said)
    _settle(_met_about(plan), action, by)
    return action


def is_met_about(plan_thread: int, child: Person) -> bool:
    """Whether a core group met about a child's protection plan."""
    return any(one.thread == plan_thread for one in _met(same_person_ids(child)))


def _settle(plans: Sequence[ProtectionPlan], done: Version, by: User) -> None:
    for plan in plans:
        if _is_written(plan.person):
            owed.settle(what=WHAT, by=by, done=done, of=plan)


def _is_written(child: Person) -> bool:
    """Whether a goal or an action for this child stands in their written plan."""
    pk = survivor(child).pk
    plan = queries.open_plan(pk, PlanKind.PROTECTION)
    return plan is not None and bool(queries.shown(plan, [pk]).goals)


def _met_about(plan: Plan) -> list[ProtectionPlan]:
    """The protection plans that people work for by this plan, and about which a core group met."""
    if plan.kind != PlanKind.PROTECTION:
        return []
    return _met([pk for child in queries.people_on(plan) for pk in same_person_ids(child)])


def _met(person_ids: Sequence[int]) -> list[ProtectionPlan]:
    plans = [one for one in plans_ever(person_ids) if one.ended_on is None]
    days = core_group_days(plans, person_ids)
    return [one for one in plans if days[one.thread]]
