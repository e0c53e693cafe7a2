"""Asking for assessments and child in need plans."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q

from kith.record.assessment.models import Assessment, ChildInNeedPlan
from kith.record.people.models import Person, User


def open_assessments(children: Iterable[Person]) -> dict[int, Assessment]:
    """The assessment not yet authorised, for each child that has one, by person id."""
    found = Assessment.current.filter(person__in=[child.pk for child in children], authorised_on=None)
    return {assessment.person_id: assessment for assessment in found.order_by("started_on", "pk")}


def assessments_open_on(children: Iterable[Person], on: date) -> dict[int, Assessment]:
    """The assessment going on on `on`, for each child that has one, by person id."""
    found = Assessment.current.filter(
        Q(authorised_on=None) | Q(authorised_on__gt=on),
        person__in=[child.pk for child in children],
        started_on__lte=on,
    )
    return {assessment.person_id: assessment for assessment in found.order_by("started_on", "pk")}


def open_need_plans(children: Iterable[Person], on: date) -> dict[int, ChildInNeedPlan]:
    """The child in need plan in force on `on`, for each child that has one, by person id."""
    found = ChildInNeedPlan.current.filter(
        Q(ended_on=None) | Q(ended_on__gt=on),
        person__in=[child.pk for child in children],
        started_on__lte=on,
    )
    return {plan.person_id: plan for plan in found.order_by("started_on", "pk")}


def wrote(user: User, assessment: Assessment) -> bool:
    """Whether `user` recorded any version of an assessment before it was authorised."""
    versions = Assessment.objects.filter(thread=assessment.thread, authorised_on=None)
    return versions.filter(recorded_by=user).exists()
