"""A child in need plan: the fact that a return tells and the plan people work by, begun and ended as one."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from kith.record.assessment import services as assessment
from kith.record.assessment.models import ChildInNeedPlan
from kith.record.assessment.queries import open_need_plans
from kith.record.pathway import services as pathway
from kith.record.people.models import Person, User
from kith.record.planning import services as planning
from kith.record.planning.models import Basis, Plan, PlanKind
from kith.record.planning.queries import open_plan, people_on


@transaction.atomic
def begin_need_plan(*, children: Sequence[Person], on: date, by: User, agreed_with: str = "") -> Plan:
    """Begin a child in need plan for these children, and the one plan they are worked with by.

    Raises NotAllowed, NoChildren, WrongDate, NoCaseOpen, AlreadyOpen.
    """
    pathway.start_child_in_need_plan(children=children, on=on, by=by)
    return planning.start_plan(
        kind=PlanKind.CHILD_IN_NEED,
        people=children,
        on=on,
        by=by,
        basis=Basis.SECTION_17,
        agreed_with=agreed_with,
    )


@transaction.atomic
def end_need_plan(*, children: Sequence[Person], on: date, because: str, by: User) -> list[ChildInNeedPlan]:
    """End these children's plans; what they were worked with by ends when it is for nobody else.

    Raises NotAllowed, NotOpen, NotSaid, WrongDate, VersionClash.
    """
    plans = [plan for plan in open_need_plans(children, on).values() if plan.ended_on is None]
    ended = [assessment.end_child_in_need_plan(plan=plan, on=on, by=by) for plan in plans]
    for plan in _no_longer_needed(children, on):
        planning.end_plan(plan=plan, on=on, reason=because, by=by)
    return ended


def _no_longer_needed(children: Sequence[Person], on: date) -> list[Plan]:
    """The plans that these children were on, and nobody who has a child in need plan still is."""
    found = [open_plan(child.pk, PlanKind.CHILD_IN_NEED) for child in children]
    plans = {plan.thread: plan for plan in found if plan}
    return [plan for plan in plans.values() if not open_need_plans(people_on(plan), on)]
