"""A plan's life where it touches other rooms: a child who joins it, and its end.

What a return is told of a child in need plan begins and ends with the plan that people work by.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from kith.record.assessment import services as assessment
from kith.record.assessment.queries import open_need_plans
from kith.record.help import queries as help_queries
from kith.record.help import services as help_room
from kith.record.help.models import FamilyHelp, HelpEpisode
from kith.record.help.services.families import LEADS, plan_of
from kith.record.pathway.after_plan import say_what_follows
from kith.record.pathway.help_basis import check_basis
from kith.record.pathway.opening_for_help import closed_to, open_for_help
from kith.record.pathway.services import start_child_in_need_plan
from kith.record.people import staff
from kith.record.people.models import Allocation, Person, User
from kith.record.people.permissions import check_can
from kith.record.people.queries import same_person_ids
from kith.record.people.services import NewPerson, NewTie, register_family
from kith.record.planning import queries, services
from kith.record.planning.models import Basis, Plan, PlanKind
from kith.record.refusals import NotPossible, Refused


class NotChangedHere(NotPossible):
    """A change to a plan that another act makes."""


@transaction.atomic
def put_child_beside(*, beside: Person, tie: str, details: Mapping[str, Any], by: User) -> Person:
    """Return a child of a family who was on no record, tied to a brother or sister who is.

    `tie` is what they are to each other (code list `family_relationships`), `details` are keyword arguments
    of `register_person`. Raises NotAllowed and NotPossible.
    """
    new = NewPerson("new", is_child=True, details=dict(details))
    made = register_family(
        by=by, people=[new], ties=[NewTie("new", beside, tie)], address=None, on=timezone.localdate()
    )
    return made["new"]


@transaction.atomic
def join_family_help(*, help: FamilyHelp, person: Person, on: date, by: User) -> HelpEpisode:
    """Return the help of one more child of a family, with the plan and the worker their family has.

    Under section 17 the child needs a case that is open, and has a child in need plan from that day. Where
    the child's record was closed to `by`, managers are told at once and review it.
    Raises NotAllowed, HelpEnded, AlreadyHelped, WrongDate and NoCaseForSection17.
    """
    basis = help_queries.episodes_of_family(help.thread)[0].basis
    check_basis([person], basis)
    led, closed = _who_leads(help), closed_to(by, [person])
    made = help_room.add_child(help=help, person=person, on=on, by=by)
    say_what_follows(children=[person], done=made, by=by)
    open_for_help(closed, by=by, because="Joined them to the family help of a family they work with")
    if led:
        staff.allocate_alike(person, led, by=by, started_on=on)
    plan = plan_of(help)
    if plan:
        services.add_to_plan(plan=plan, person=person, on=max(on, plan.started_on), by=by)
        if basis == Basis.SECTION_17 and not open_need_plans([person], on):
            start_child_in_need_plan(children=[person], on=max(on, plan.started_on), by=by)
    return made


def _who_leads(help: FamilyHelp) -> Allocation | None:
    """What says that the one who leads is a child's worker; None until a manager named somebody."""
    ids = [pk for child in help_queries.people_helped(help) for pk in same_person_ids(child)]
    ours = Allocation.current.filter(person__in=ids, role=LEADS, worker=help.lead, ended_on=None)
    found: Allocation | None = ours.order_by("pk").first() if help.lead_id else None
    return found


@transaction.atomic
def join_plan(*, plan: Plan, person: Person, on: date, by: User) -> Plan:
    """Return the plan, which is for one more child from a day: a baby, a brother or sister who joins.

    On a family help plan the child has their family's help; on a child in need plan, a case that is open
    and a plan that the census is told of. Raises NotAllowed, NotChangedHere, PlanEnded, WrongDate and what
    those raise.
    """
    if plan.kind == PlanKind.PROTECTION:
        raise NotChangedHere(
            "A conference decides which children have a child protection plan.", "Hold a conference first."
        )
    help = _help_with(plan)
    if help:
        join_family_help(help=help, person=person, on=on, by=by)
        return plan
    services.add_to_plan(plan=plan, person=person, on=on, by=by)
    if plan.kind == PlanKind.CHILD_IN_NEED and person.pk not in open_need_plans([person], on):
        start_child_in_need_plan(children=[person], on=on, by=by)
    return plan


def _help_with(plan: Plan) -> FamilyHelp | None:
    """The family help that a family's plan is of, or None."""
    if plan.kind != PlanKind.FAMILY_HELP:
        return None
    found = (help_queries.family_of(person.pk, timezone.localdate()) for person in queries.people_on(plan))
    return next((help for help in found if help), None)


def check_can_end(by: User, plan: Plan) -> None:
    """Raise NotChangedHere for a plan that a conference ends, NotAllowed where `by` may not end this kind.

    A family's plan under section 17 is ended by a manager, as the help is: that ends an act of law.
    """
    if plan.kind == PlanKind.PROTECTION:
        raise NotChangedHere(
            "A child protection plan is ended by a review conference.", "Hold the review conference first."
        )
    if plan.kind == PlanKind.FAMILY_HELP and plan.basis == Basis.SECTION_17:
        check_can("decide_contacts", by)


def can_end(by: User, plan: Plan) -> bool:
    """Whether `by` may end this kind of plan; whether they work with its people is asked beside."""
    try:
        check_can_end(by, plan)
    except Refused:
        return False
    return True


@transaction.atomic
def end_plan(*, plan: Plan, on: date, reason: str, by: User, expected: int | None = None) -> Plan:
    """Return the plan, ended for everybody it is for; child in need plans that hang on it end with it.

    What was not done stays to be read. Raises NotAllowed, NotChangedHere, PlanEnded, NotSaid, WrongDate
    and VersionClash.
    """
    check_can_end(by, plan)
    children = queries.people_on(plan)
    ended = services.end_plan(plan=plan, on=on, reason=reason, by=by, expected=expected)
    if plan.basis == Basis.SECTION_17:
        end_need_plans_without_a_plan(children, on, by)
    return ended


def end_need_plans_without_a_plan(children: Sequence[Person], on: date, by: User) -> None:
    """End what the census is told of these children, where no plan under section 17 is left to work by.

    Raises NotAllowed, WrongDate and VersionClash.
    """
    held = queries.plans_of([child.pk for child in children])
    for child in children:
        left = [plan for plan in held[child.pk] if plan.ended_on is None and plan.basis == Basis.SECTION_17]
        told = open_need_plans([child], on).get(child.pk)
        if told and told.ended_on is None and not left:
            assessment.end_child_in_need_plan(plan=told, on=on, by=by)
