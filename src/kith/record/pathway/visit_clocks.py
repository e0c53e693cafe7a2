"""What a visit counts as and which clocks it meets: between the room of visits and the rooms of plans."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from kith.record.assessment.models import ChildInNeedPlan
from kith.record.assessment.queries import open_need_plans
from kith.record.care.queries import periods_of
from kith.record.clocks.queries import local_limits
from kith.record.clocks.running import Running, is_written_here
from kith.record.people.models import Person
from kith.record.protection.models import ProtectionPlan
from kith.record.protection.queries import plans_of, visits_set_by
from kith.record.visits.plans import CountsAs
from kith.record.visits.queries import met
from kith.standards.clocks import Facts, LocalLimit, Unit, clock, day_of, due

PROTECTION_VISIT, OUTER_LIMIT, NEED_VISIT = "CP-08", "CP-08b", "CN-03"
ACT, PAGE = "Write the visit", "write_visit"


def plans_on(person_ids: Iterable[int], on: date) -> Iterator[CountsAs]:
    """The plan of protection, the child in need plan and the care of each of these people on a day."""
    ids = [*person_ids]
    for plan in plans_of(ids, on):
        yield CountsAs(plan.person_id, "protection", plan.thread)
    for need in _need_plans(ids, on):
        yield CountsAs(need.person_id, "child_in_need", need.thread)
    for period in periods_of(ids, on):
        yield CountsAs(period.person_id, "care", period.thread)


def visits(person_ids: Sequence[int], on: date) -> Iterator[Running]:
    """The next visit of each plan in force: from the plan's start, then from each visit that counts.

    A protection plan may set its own interval; the outer limit is told beside it once that has gone by, or
    where it comes first. The plan of an imported child is never called late: a return holds no visits.
    """
    plans = plans_of(person_ids, on)
    local = local_limits() if plans else []
    own = _set_by(plans, local)
    told = list(_of_plans(PROTECTION_VISIT, plans, own))
    yield from told
    yield from (outer for one in told if (outer := _outer_limit(one, on, local)))
    yield from _of_plans(NEED_VISIT, _need_plans(person_ids, on), {})


def _set_by(
    plans: Sequence[ProtectionPlan], local: Sequence[LocalLimit]
) -> dict[int, tuple[LocalLimit, ...]]:
    """The visits that each plan sets itself, the newest limit first, by its thread.

    What a review sets holds for the gap that runs on its day too, unless that was over before.
    """
    said = visits_set_by(plans)
    seen = met({plan.person_id for plan in plans}, PROTECTION_VISIT) if said else {}
    found: dict[int, tuple[LocalLimit, ...]] = {}
    for plan in plans:
        days = [day_of(at) for at in seen.get(plan.person_id, [])]
        starts = [plan.started_on, *(day for day in days if day >= plan.started_on)]
        limits: tuple[LocalLimit, ...] = ()
        for since, every in said.get(plan.thread, []):
            begun = max(day for day in starts if day <= since)
            before = due(clock(PROTECTION_VISIT), Facts(started=begun), begun, limits or local).due_on
            first = since if before and before < since else begun
            limits = (LocalLimit(PROTECTION_VISIT, every, Unit.WORKING_DAYS, first), *limits)
        if limits:
            found[plan.thread] = limits
    return found


def _outer_limit(usual: Running, on: date, local: Sequence[LocalLimit]) -> Running | None:
    """The longest that any plan may leave a child unseen, where it binds beside the plan's own interval."""
    usual_day = due(clock(PROTECTION_VISIT), _facts(usual), on, usual.own or local).due_on
    outer = replace(usual, clock=OUTER_LIMIT, own=())
    last = due(clock(OUTER_LIMIT), _facts(outer), on)
    if usual_day is None or last.due_on is None or on <= usual_day <= last.due_on:
        return None
    return replace(outer, started=last.started_on or usual.started, events=())


def _facts(one: Running) -> Facts:
    return Facts(started=one.started, events=one.events)


def _need_plans(person_ids: Iterable[int], on: date) -> list[ChildInNeedPlan]:
    return [*open_need_plans([Person(pk=pk) for pk in person_ids], on).values()]


def _of_plans(
    which: str, plans: Sequence[ProtectionPlan | ChildInNeedPlan], own: Mapping[int, tuple[LocalLimit, ...]]
) -> Iterator[Running]:
    seen = met({plan.person_id for plan in plans}, which) if plans else {}
    for plan in plans:
        yield Running(
            which,
            plan.person_id,
            plan.started_on,
            plan._meta.label_lower,
            plan.thread,
            events=tuple(at for at in seen[plan.person_id] if day_of(at) >= plan.started_on),
            can_be_met=is_written_here(plan),
            act=ACT,
            url_name=PAGE,
            own=own.get(plan.thread, ()),
        )
