"""Asking for enquiries, conferences and protection plans."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet

from kith.record.people.models import Person
from kith.record.protection.models import InitialConference, ProtectionPlan, Section47Enquiry


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
    found = Section47Enquiry.current.filter(
        Q(ended_on=None) | Q(ended_on__gt=on), person__in=ids, started_on__lte=on
    )
    over = Q(ended_on=None, is_conference_not_required=True)
    conferred = InitialConference.current.filter(person__in=ids, held_on__lte=on).exclude(enquiry_thread=None)
    found = found.exclude(over).exclude(thread__in=conferred.values("enquiry_thread"))
    return {enquiry.person_id: enquiry for enquiry in found.order_by("started_on", "pk")}


def enquiries_to_confer_on(
    children: Iterable[Person], referral_threads: Iterable[int]
) -> dict[int, Section47Enquiry]:
    """The latest enquiry under these referrals with no conference yet and none ruled out, by person id."""
    ids = _ids(children)
    found = Section47Enquiry.current.filter(
        person__in=ids, referral_thread__in=list(referral_threads)
    ).exclude(is_conference_not_required=True)
    held = InitialConference.current.filter(person__in=ids).exclude(enquiry_thread=None)
    waiting = found.exclude(thread__in=held.values("enquiry_thread"))
    return {enquiry.person_id: enquiry for enquiry in waiting.order_by("started_on", "pk")}


def plans_open_on(on: date) -> "QuerySet[ProtectionPlan]":
    """Protection plans in force on `on`: started by then and not ended by then."""
    open_on: QuerySet[ProtectionPlan] = ProtectionPlan.current.filter(
        Q(ended_on=None) | Q(ended_on__gt=on), started_on__lte=on
    )
    return open_on


def open_protection_plans(children: Iterable[Person], on: date) -> dict[int, ProtectionPlan]:
    """The protection plan in force on `on`, for each child that has one, by person id."""
    found = plans_open_on(on).filter(person__in=_ids(children))
    return {plan.person_id: plan for plan in found.order_by("started_on", "pk")}


def conferences_on(children: Iterable[Person], on: date) -> dict[int, InitialConference]:
    """The initial conference held on that very day, for each child that had one, by person id."""
    found = InitialConference.current.filter(person__in=_ids(children), held_on=on)
    return {conference.person_id: conference for conference in found.order_by("pk")}
