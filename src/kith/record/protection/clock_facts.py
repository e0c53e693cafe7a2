"""The clocks that run while a child is protected: the conference, the core group, the reviews of the plan."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import groupby
from operator import attrgetter

from django.db.models import Q

from kith.record.clocks.running import Running
from kith.record.frontdoor.queries import referrals_open_on
from kith.record.protection.models import InitialConference, PlanReview, ProtectionPlan, Section47Enquiry
from kith.record.protection.queries import plans_open_on

CONFERENCE, CORE_GROUP, FIRST_REVIEW, LATER_REVIEWS = "CP-02", "CP-04", "CP-06", "CP-07"
RECENT = timedelta(days=90)  # an enquiry under no referral is taken as going on for so long


def running(person_ids: Sequence[int], on: date) -> Iterator[Running]:
    conferences = list(InitialConference.current.filter(person__in=person_ids, held_on__lte=on))
    yield from _conferences(person_ids, on, conferences)
    plans = list(plans_open_on(on).filter(person__in=person_ids))
    yield from _core_groups(plans)
    yield from _reviews(plans)


def _conferences(
    person_ids: Sequence[int], on: date, conferences: Sequence[InitialConference]
) -> Iterator[Running]:
    """A conference is due from an enquiry, unless it ended with none required."""
    held_on = {conference.enquiry_thread: conference.held_on for conference in conferences}
    open_referrals = referrals_open_on(on).filter(person__in=person_ids).values("thread")
    enquiries = Section47Enquiry.current.filter(
        Q(referral_thread__in=open_referrals) | Q(referral_thread=None, started_on__gte=on - RECENT),
        person__in=person_ids,
    ).exclude(is_conference_not_required=True)
    for enquiry in enquiries:
        yield Running(
            CONFERENCE,
            enquiry.person_id,
            enquiry.started_on,
            enquiry._meta.label_lower,
            enquiry.thread,
            met=held_on.get(enquiry.thread),
        )


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
