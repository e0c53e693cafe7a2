"""What plans say: whose they are, what stands in them for those who may see it, and what is due."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from django.db.models import Q, QuerySet

from kith.record.people import queries as people
from kith.record.people.models import Person, User
from kith.record.planning.models import Goal, Plan, PlanAction, Planned
from kith.record.versions import current_facts, current_matters, parts_of

Line = TypeVar("Line", Goal, PlanAction)


@dataclass(frozen=True)
class GoalShown:
    """A goal and what is done for it; `goal` None: what stands in the plan for no goal."""

    goal: Goal | None
    actions: list[PlanAction]


@dataclass(frozen=True)
class PlanShown:
    """A plan as somebody may see it: the lines for all, and those for the people they may open."""

    plan: Plan
    person_ids: list[int]
    goals: list[GoalShown] = field(default_factory=list)


@dataclass(frozen=True)
class ActionDue:
    """An action somebody has taken on, with the plan it stands in and whom that is for."""

    action: PlanAction
    plan: Plan
    person_ids: list[int]

    def is_overdue(self, on: date) -> bool:
        """Whether its day has gone by."""
        return self.action.due_on is not None and self.action.due_on < on


def plan_of(thread: int) -> Plan | None:
    """The current version of a plan, or None."""
    return current_matters(Plan, [thread]).get(thread)


def ids_on(threads: Iterable[int]) -> dict[int, list[int]]:
    """The ids of the people each plan is for, as their records are kept now, in the order they came.

    While it goes on for one of them, whoever it ended for is left out: a pregnancy ended.
    """
    parts = {thread: _going_on(each) for thread, each in parts_of(Planned, threads).items()}
    kept = people.kept_ids({part.person_id for each in parts.values() for part in each})
    return {
        thread: list(dict.fromkeys(kept[part.person_id] for part in each)) for thread, each in parts.items()
    }


def _going_on(parts: list[Planned]) -> list[Planned]:
    return [part for part in parts if part.ended_on is None] or parts


def people_on(plan: Plan) -> list[Person]:
    """The people a plan is for, as their records are kept now."""
    ids = ids_on([plan.thread])[plan.thread]
    held = Person.objects.in_bulk(ids)
    return [held[pk] for pk in ids]


def plans_of(person_ids: Iterable[int], kinds: Collection[str] = ()) -> dict[int, list[Plan]]:
    """The plans for each of these kept people, open and ended, the newest first."""
    under = people.merged_under(person_ids)
    top = {pk: kept for kept, ids in under.items() for pk in ids}
    parts = [part for part in current_facts(Planned, top) if not kinds or part.kind in kinds]
    plans = current_matters(Plan, {part.matter_thread for part in parts})
    found: dict[int, dict[int, Plan]] = {pk: {} for pk in under}
    for part in parts:
        if plan := plans.get(part.matter_thread):
            found[top[part.person_id]][plan.thread] = plan
    return {
        pk: sorted(each.values(), key=lambda plan: (plan.started_on, plan.pk), reverse=True)
        for pk, each in found.items()
    }


def open_plan(person_id: int, kind: str) -> Plan | None:
    """The newest plan of a kind that is open for a kept person, or None."""
    plans = plans_of([person_id], [kind])[person_id]
    return next((plan for plan in plans if plan.ended_on is None), None)


def shown(plan: Plan, person_ids: Collection[int]) -> PlanShown:
    """A plan with the lines for all of it and those for these kept people, and for nobody else."""
    on_plan = [pk for pk in ids_on([plan.thread])[plan.thread] if pk in person_ids]
    of_plan = {"plan_thread": plan.thread}
    goals = _only_for(Goal.current.filter(**of_plan).order_by("position", "pk"), on_plan)
    actions = _only_for(
        PlanAction.current.filter(**of_plan).select_related("owner").order_by("position", "pk"), on_plan
    )
    under: dict[int | None, list[PlanAction]] = {}
    for action in actions:
        under.setdefault(action.goal_thread, []).append(action)
    known = {goal.thread for goal in goals}
    loose = [action for thread, each in under.items() if thread not in known for action in each]
    told = [GoalShown(goal, under.get(goal.thread, [])) for goal in goals]
    return PlanShown(plan, on_plan, [*told, *([GoalShown(None, loose)] if loose else [])])


def _only_for(lines: Iterable[Line], person_ids: Collection[int]) -> list[Line]:
    held = list(lines)
    kept = people.kept_ids({line.only_for_id for line in held if line.only_for_id})
    return [line for line in held if not line.only_for_id or kept[line.only_for_id] in person_ids]


def actions_due_for(user: User, on: date, until: date | None = None) -> list[ActionDue]:
    """What a worker has taken on in open plans and not done: overdue, and due by `until`, soonest first.

    With `until` None whatever has a day. The caller shows only what is of people this worker may open.
    """
    days = Q(due_on__isnull=False) if until is None else Q(due_on__lte=until)
    return _due(PlanAction.current.filter(days, owner=user))


def actions_taken_on(user: User) -> list[ActionDue]:
    """All that a worker has taken on in open plans and not done, what has a day first, soonest first."""
    return _due(PlanAction.current.filter(owner=user))


def actions_overdue_in(plan_threads: Iterable[int], on: date) -> list[ActionDue]:
    """What is overdue in these plans, whoever was to do it, the longest first."""
    late = PlanAction.current.filter(plan_thread__in=[*plan_threads], due_on__lt=on)
    return _due(late.select_related("owner"))


def actions_late_of_others(user: User, person_ids: Iterable[int], on: date) -> list[ActionDue]:
    """What somebody other than this worker said they would do for these kept people and has not, the longest
    late first."""
    ids = set(person_ids)
    plans = {plan.thread for each in plans_of(ids).values() for plan in each if plan.ended_on is None}
    late = actions_overdue_in(plans, on) if plans else []
    return [one for one in late if one.action.owner_id != user.pk and ids & set(one.person_ids)]


def _due(actions: "QuerySet[PlanAction]") -> list[ActionDue]:
    waiting = list(actions.filter(done_on=None, not_needed_because=""))
    plans = current_matters(Plan, {action.plan_thread for action in waiting})
    on_plan = ids_on(plans)
    own = people.kept_ids({action.only_for_id for action in waiting if action.only_for_id})
    due = [
        ActionDue(action, plan, [own[action.only_for_id]] if action.only_for_id else on_plan[plan.thread])
        for action in waiting
        if (plan := plans.get(action.plan_thread)) and plan.ended_on is None
    ]
    return sorted(due, key=lambda one: (one.action.due_on or date.max, one.action.pk))
