"""Asking for enquiries, conferences and protection plans."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.db.models import Q, QuerySet

from kith.record.facts import is_in_force
from kith.record.people.models import Person
from kith.record.protection.models import InitialConference, PlanReview, ProtectionPlan, Section47Enquiry
from kith.record.versions import current_facts


def _ids(children: Iterable[Person]) -> list[int]:
    return [child.pk for child in children]


def open_enquiries(children: Iterable[Person]) -> dict[int, Section47Enquiry]:
    """The enquiry not yet concluded, for each child that has one, by person id."""
    found = Section47Enquiry.current.filter(person__in=_ids(children), ended_on=None)
    found = found.exclude(is_conference_not_required=True)
    return {enquiry.person_id: enquiry for enquiry in found.order_by("started_on", "pk")}


def enquiries_open_on(children: Iterable[Person], on: date) -> dict[int, Section47Enquiry]:
    """The enquiry going on on `on`, for each child that has one, by person id.

    A census does not tell when an enquiry ended: one that led to a conference, or had to lead to none,
    is over.
    """
    ids = _ids(children)
    conferred = {held.enquiry_thread for held in conferences_of(ids) if held.held_on <= on}
    return {
        one.person_id: one
        for one in enquiries_of(ids)
        if is_in_force(one, on)
        and not (one.ended_on is None and one.is_conference_not_required)
        and one.thread not in conferred
    }


def enquiries_to_confer_on(
    children: Iterable[Person], referral_threads: Iterable[int]
) -> dict[int, Section47Enquiry]:
    """The latest enquiry under these referrals with no conference yet and none ruled out, by person id."""
    ids, under = _ids(children), set(referral_threads)
    conferred = {held.enquiry_thread for held in conferences_of(ids)}
    return {
        one.person_id: one
        for one in enquiries_of(ids)
        if one.referral_thread in under and not one.is_conference_not_required and one.thread not in conferred
    }


def enquiries_of(person_ids: Iterable[int]) -> list[Section47Enquiry]:
    """Every enquiry about these people, the latest last."""
    return sorted(current_facts(Section47Enquiry, person_ids), key=lambda one: (one.started_on, one.pk))


def conferences_of(person_ids: Iterable[int]) -> list[InitialConference]:
    """Every initial conference about these people, the first recorded first."""
    return current_facts(InitialConference, person_ids)


def plans_of(person_ids: Iterable[int], on: date) -> list[ProtectionPlan]:
    """The protection plans of these people that are in force on `on`, the latest last."""
    found = [plan for plan in current_facts(ProtectionPlan, person_ids) if is_in_force(plan, on)]
    return sorted(found, key=lambda plan: (plan.started_on, plan.pk))


def reviews_of(plans: Sequence[ProtectionPlan], person_ids: Iterable[int]) -> dict[int, list[date]]:
    """The days on which each of these plans of these people was reviewed, by its thread, the first first."""
    held: dict[int, list[date]] = {plan.thread: [] for plan in plans}
    for review in current_facts(PlanReview, person_ids) if plans else []:
        if review.plan_thread in held:
            held[review.plan_thread].append(review.held_on)
    return {thread: sorted(days) for thread, days in held.items()}


def plans_open_on(on: date) -> "QuerySet[ProtectionPlan]":
    """Protection plans in force on `on`, as a query over everybody."""
    open_on: QuerySet[ProtectionPlan] = ProtectionPlan.current.filter(
        Q(ended_on=None) | Q(ended_on__gt=on), started_on__lte=on
    )
    return open_on


def open_protection_plans(children: Iterable[Person], on: date) -> dict[int, ProtectionPlan]:
    """The protection plan in force on `on`, for each child that has one, by person id."""
    return {plan.person_id: plan for plan in plans_of(_ids(children), on)}


def conferences_on(children: Iterable[Person], on: date) -> dict[int, InitialConference]:
    """The initial conference held on that very day, for each child that had one, by person id."""
    return {held.person_id: held for held in conferences_of(_ids(children)) if held.held_on == on}
