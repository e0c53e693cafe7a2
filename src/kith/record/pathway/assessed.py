"""An assessment from its start under each child's referral to what it starts by itself."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from django.db import transaction

from kith.record.assessment import queries, services
from kith.record.assessment.form import next_steps
from kith.record.assessment.models import Assessment, ChildsPart, FamilyAssessment
from kith.record.frontdoor.queries import referral_threads
from kith.record.pathway.need_plans import begin_need_plan
from kith.record.pathway.seen import last_seen
from kith.record.pathway.services import start_assessment
from kith.record.people.models import Person, User
from kith.record.protection.queries import open_protection_plans

STARTS: Mapping[str, Callable[..., Any]] = {"start_child_in_need_plan": begin_need_plan}


@transaction.atomic
def assess_together(*, children: Sequence[Person], on: date, by: User) -> FamilyAssessment:
    """Return one text for these children: a child without an open assessment has one started that day.

    Raises NotAllowed, NoChildren, WrongDate, NoCaseOpen, and AlreadyOpen where one of them is in another.
    """
    held = queries.open_assessments(children)
    new = [child for child in children if child.pk not in held]
    if new:
        started = start_assessment(children=new, on=on, by=by)
        held |= {one.person_id: one for one in started}
    return services.begin_writing(assessments=[held[child.pk] for child in children], by=by)


@transaction.atomic
def join_assessment(*, family: FamilyAssessment, child: Person, on: date, by: User) -> ChildsPart:
    """Return the child's part of the text that is being written of brothers and sisters.

    The assessment that a decision or an enquiry began for the child is written there from now on; where none
    is open, one starts that day. Raises NotAllowed, WrongDate, NoCaseOpen, NotOpen, AlreadyOpen.
    """
    held = queries.open_assessments([child]).get(child.pk)
    if held is None:
        [held] = start_assessment(children=[child], on=on, by=by)
    return services.add_child(family=family, assessment=held, by=by)


@transaction.atomic
def ask_for_sign_off(*, family: FamilyAssessment, by: User, expected: int | None = None) -> FamilyAssessment:
    """Ask for an assessment to be read, as the room's service says; seen is who was since it began."""
    seen_on = last_seen([part.person_id for part in queries.parts(family)])
    seen = {pk for pk, day in seen_on.items() if day >= family.started_on}
    return services.ask_for_sign_off(family=family, seen=seen, by=by, expected=expected)


@transaction.atomic
def sign_off(
    *, family: FamilyAssessment, on: date, by: User, although: str = "", expected: int | None = None
) -> list[Assessment]:
    """Authorise an assessment for every child, and start what comes next for each, in one act.

    Raises what `assessment.services.sign_off` raises.
    """
    parts = queries.parts_to_finish(family)
    signed = services.sign_off(family=family, on=on, by=by, although=although, expected=expected)
    for act, start in STARTS.items():
        wanted = [part.person for part in parts if next_steps()[part.next_step].starts == act]
        if ready := _with_room_for_a_plan(wanted, on):
            start(children=ready, on=on, by=by)
    return signed


def _with_room_for_a_plan(children: Sequence[Person], on: date) -> list[Person]:
    """Those with an open case and no plan of either kind yet: plans never stand side by side."""
    cases, plans = referral_threads(children, on), queries.open_need_plans(children, on)
    protected = open_protection_plans(children, on)
    return [child for child in children if child.pk in cases and child.pk not in {*plans, *protected}]
