"""The clocks that run while a child has a protection plan: the core group, the reviews of the plan."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby
from operator import attrgetter

from kith.record.clocks.running import Running
from kith.record.protection.models import PlanReview, ProtectionPlan
from kith.record.protection.queries import plans_open_on

CORE_GROUP, FIRST_REVIEW, LATER_REVIEWS = "CP-04", "CP-06", "CP-07"


def running(person_ids: Sequence[int], on: date) -> Iterator[Running]:
    """What runs while a plan is in force."""
    plans = list(plans_open_on(on).filter(person__in=person_ids))
    yield from _core_groups(plans)
    yield from _reviews(plans)


def _core_groups(plans: Sequence[ProtectionPlan]) -> Iterator[Running]:
    """The first core group; the record holds no core groups yet, so it is never called late."""
    for plan in plans:
        table = plan._meta.label_lower
        yield Running(CORE_GROUP, plan.person_id, plan.started_on, table, plan.thread, can_be_met=False)


def _reviews(plans: Sequence[ProtectionPlan]) -> Iterator[Running]:
    """The first review runs from the conference that made the plan, each later one from the one before."""
    held = _reviews_held([plan.thread for plan in plans])
    for plan in plans:
        days, table = held.get(plan.thread, []), plan._meta.label_lower
        first = days[0] if days else None
        yield Running(FIRST_REVIEW, plan.person_id, plan.started_on, table, plan.thread, met=first)
        if first is not None:
            yield Running(LATER_REVIEWS, plan.person_id, first, table, plan.thread, events=tuple(days[1:]))


def _reviews_held(plan_threads: Sequence[int]) -> dict[int, list[date]]:
    found = PlanReview.current.filter(plan_thread__in=plan_threads).order_by("plan_thread", "held_on")
    by_plan = groupby(found, key=attrgetter("plan_thread"))
    return {thread: [review.held_on for review in group] for thread, group in by_plan}
