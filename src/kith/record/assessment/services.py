"""What people do: assess a child's needs, authorise the assessment, plan for a child in need."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.db import transaction

from kith.record.assessment import permissions, policies
from kith.record.assessment.models import Assessment, ChildInNeedPlan
from kith.record.assessment.queries import open_assessments, open_need_plans
from kith.record.chronology.entering import carry_on, enter_each
from kith.record.chronology.policies import check_case_open, check_children, check_day, life_of, lives_of
from kith.record.people.models import Person, User


@transaction.atomic
def start_assessment(
    *, children: Sequence[Person], on: date, referrals: Mapping[int, int], by: User
) -> list[Assessment]:
    """Begin one assessment of a family: one row a child, each under the child's open referral.

    `referrals` are the threads of open referrals, by person id.
    Raises NotAllowed, NoChildren, WrongDate, NoCaseOpen, AlreadyOpen.
    """
    permissions.check_can_assess(by, children)
    _check_children(children, on, referrals)
    policies.check_none_open(open_assessments(children).values())
    return enter_each(
        [Assessment(person=child, referral_thread=referrals[child.pk], started_on=on) for child in children],
        by=by,
        act="start_assessment",
    )


@transaction.atomic
def authorise_assessment(
    *, assessment: Assessment, on: date, factors: Sequence[str], by: User, reviewed_on: date | None = None
) -> Assessment:
    """Sign an assessment off with its factors; its new version. Nobody authorises their own.

    Raises NotAllowed, NotOpen, WrongDate, WrongCode, WrongFactors, VersionClash.
    """
    permissions.check_can_authorise(by, assessment)
    check_day(on, life_of(assessment.person), is_an_ending=True)
    policies.check_authorising(assessment, on, reviewed_on)
    policies.check_factors(factors, on)
    return carry_on(
        assessment,
        by=by,
        act="authorise_assessment",
        authorised_on=on,
        factors=list(factors),
        reviewed_on=reviewed_on,
    )


@transaction.atomic
def start_child_in_need_plan(
    *, children: Sequence[Person], on: date, referrals: Mapping[int, int], by: User
) -> list[ChildInNeedPlan]:
    """Begin a child in need plan for each of the children; `referrals` as for an assessment.

    Raises NotAllowed, NoChildren, WrongDate, NoCaseOpen, AlreadyOpen.
    """
    permissions.check_can_assess(by, children)
    _check_children(children, on, referrals)
    policies.check_no_plan(open_need_plans(children, on).values())
    return enter_each(
        [
            ChildInNeedPlan(person=child, referral_thread=referrals[child.pk], started_on=on)
            for child in children
        ],
        by=by,
        act="start_child_in_need_plan",
    )


def _check_children(children: Sequence[Person], on: date, referrals: Mapping[int, int]) -> None:
    check_children(children)
    for life in lives_of(children).values():
        check_day(on, life)
    check_case_open(children, referrals, on)


@transaction.atomic
def end_child_in_need_plan(*, plan: ChildInNeedPlan, on: date, by: User) -> ChildInNeedPlan:
    """End a child in need plan; its new version. Raises NotAllowed, NotOpen, WrongDate, VersionClash."""
    permissions.check_can_assess(by, [plan.person])
    check_day(on, life_of(plan.person), is_an_ending=True)
    policies.check_ending(plan, on)
    return carry_on(plan, by=by, act="end_child_in_need_plan", ended_on=on)


def give_way(*, children: Sequence[Person], on: date, by: User) -> list[ChildInNeedPlan]:
    """End the child in need plans that a protection plan or care replaces, on the day it begins.

    The act that replaces them has checked who may and when; plans never stay open side by side.
    """
    plans = open_need_plans(children, on).values()
    return [
        carry_on(plan, by=by, act="end_child_in_need_plan", ended_on=on)
        for plan in plans
        if plan.ended_on is None
    ]
