"""Asking for enquiries, conferences and protection plans."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q

from kith.record.people.models import Person
from kith.record.protection.models import InitialConference, ProtectionPlan, Section47Enquiry


def _ids(children: Iterable[Person]) -> list[int]:
    return [child.pk for child in children]


def open_enquiries(children: Iterable[Person]) -> dict[int, Section47Enquiry]:
    """The enquiry not yet concluded, for each child that has one, by person id."""
    found = Section47Enquiry.current.filter(person__in=_ids(children), ended_on=None)
    found = found.exclude(is_conference_not_required=True)
    return {enquiry.person_id: enquiry for enquiry in found.order_by("started_on", "pk")}


def enquiries_to_confer_on(children: Iterable[Person]) -> dict[int, Section47Enquiry]:
    """The latest enquiry with no conference yet and none ruled out, for each child, by person id."""
    ids = _ids(children)
    found = Section47Enquiry.current.filter(person__in=ids).exclude(is_conference_not_required=True)
    held = InitialConference.current.filter(person__in=ids).exclude(enquiry_thread=None)
    waiting = found.exclude(thread__in=held.values("enquiry_thread"))
    return {enquiry.person_id: enquiry for enquiry in waiting.order_by("started_on", "pk")}


def open_protection_plans(children: Iterable[Person], on: date) -> dict[int, ProtectionPlan]:
    """The protection plan in force on `on`, for each child that has one, by person id."""
    still_open = Q(ended_on=None) | Q(ended_on__gt=on)
    found = ProtectionPlan.current.filter(still_open, person__in=_ids(children), started_on__lte=on)
    return {plan.person_id: plan for plan in found.order_by("started_on", "pk")}


def conferences_on(children: Iterable[Person], on: date) -> dict[int, InitialConference]:
    """The initial conference held on that very day, for each child that had one, by person id."""
    found = InitialConference.current.filter(person__in=_ids(children), held_on=on)
    return {conference.person_id: conference for conference in found.order_by("pk")}
