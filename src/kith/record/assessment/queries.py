"""Asking for assessments and child in need plans."""

from collections.abc import Iterable
from datetime import date

from kith.record.assessment.models import Assessment, ChildInNeedPlan
from kith.record.facts import is_in_force
from kith.record.people.models import Person, User
from kith.record.versions import current_facts


def open_assessments(children: Iterable[Person]) -> dict[int, Assessment]:
    """The assessment not yet authorised, for each child that has one, by person id."""
    found = Assessment.current.filter(person__in=[child.pk for child in children], authorised_on=None)
    return {assessment.person_id: assessment for assessment in found.order_by("started_on", "pk")}


def assessments_open_on(children: Iterable[Person], on: date) -> dict[int, Assessment]:
    """The assessment going on on `on`, for each child that has one, by person id."""
    found = [
        one
        for one in assessments_of(child.pk for child in children)
        if one.started_on <= on and (one.authorised_on is None or one.authorised_on > on)
    ]
    return {assessment.person_id: assessment for assessment in found}


def assessments_of(person_ids: Iterable[int]) -> list[Assessment]:
    """Every assessment of these people, the latest last."""
    return sorted(current_facts(Assessment, person_ids), key=lambda one: (one.started_on, one.pk))


def open_need_plans(children: Iterable[Person], on: date) -> dict[int, ChildInNeedPlan]:
    """The child in need plan in force on `on`, for each child that has one, by person id."""
    known = current_facts(ChildInNeedPlan, (child.pk for child in children))
    found = [plan for plan in known if is_in_force(plan, on)]
    return {plan.person_id: plan for plan in sorted(found, key=lambda one: (one.started_on, one.pk))}


def wrote(user: User, assessment: Assessment) -> bool:
    """Whether `user` recorded any version of an assessment before it was authorised."""
    versions = Assessment.objects.filter(thread=assessment.thread, authorised_on=None)
    return versions.filter(recorded_by=user).exists()
