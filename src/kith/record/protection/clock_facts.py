"""The clocks that run while a child has a protection plan: the core group, the reviews of the plan."""

from collections.abc import Iterator, Sequence
from datetime import date

from kith.record.clocks.running import Running
from kith.record.protection.models import ProtectionPlan
from kith.record.protection.queries import plans_of, reviews_of

CORE_GROUP, FIRST_REVIEW, LATER_REVIEWS = "CP-04", "CP-06", "CP-07"


def running(person_ids: Sequence[int], on: date) -> Iterator[Running]:
    """What runs while a plan is in force."""
    plans = plans_of(person_ids, on)
    yield from _core_groups(plans)
    yield from _reviews(plans, person_ids)


def _core_groups(plans: Sequence[ProtectionPlan]) -> Iterator[Running]:
    """The first core group; the record holds no core groups yet, so it is never called late."""
    for plan in plans:
        table = plan._meta.label_lower
        yield Running(CORE_GROUP, plan.person_id, plan.started_on, table, plan.thread, can_be_met=False)


def _reviews(plans: Sequence[ProtectionPlan], person_ids: Sequence[int]) -> Iterator[Running]:
    """The first review runs from the conference that made the plan, each later one from the one before."""
    held = reviews_of(plans, person_ids)
    for plan in plans:
        days, table = held[plan.thread], plan._meta.label_lower
        first = days[0] if days else None
        yield Running(FIRST_REVIEW, plan.person_id, plan.started_on, table, plan.thread, met=first)
        if first is not None:
            yield Running(LATER_REVIEWS, plan.person_id, first, table, plan.thread, events=tuple(days[1:]))
