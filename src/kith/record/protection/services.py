"""What people do to protect a child: enquire, confer, plan, review the plan, end it."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.db import transaction

from kith.record.chronology.entering import carry_on, enter, enter_each
from kith.record.chronology.policies import check_case_open, check_children, check_day, life_of, lives_of
from kith.record.people.models import Person, User
from kith.record.protection import permissions, policies
from kith.record.protection.models import InitialConference, PlanReview, ProtectionPlan, Section47Enquiry
from kith.record.protection.queries import (
    conferences_on,
    enquiries_to_confer_on,
    open_enquiries,
    open_protection_plans,
)


@transaction.atomic
def start_section_47(
    *,
    children: Sequence[Person],
    on: date,
    referrals: Mapping[int, int],
    by: User,
    is_joint: bool | None = None,
    conference_target_on: date | None = None,
) -> list[Section47Enquiry]:
    """Begin an enquiry about each of the children with the strategy discussion held on `on`.

    `referrals` are the threads of open referrals, by person id. `is_joint` is None while nobody has
    said whether the police enquire too: an urgent enquiry may start before all is known.
    Raises NotAllowed, NoChildren, WrongDate, NoCaseOpen, AlreadyOpen.
    """
    permissions.check_can_enquire(by, children)
    _check_days(children, on)
    check_case_open(children, referrals, on)
    policies.check_no_enquiry(open_enquiries(children).values())
    return enter_each(
        [
            Section47Enquiry(
                person=child,
                referral_thread=referrals[child.pk],
                started_on=on,
                is_joint=is_joint,
                conference_target_on=conference_target_on,
            )
            for child in children
        ],
        by=by,
        act="start_section_47",
    )


@transaction.atomic
def conclude_section_47(
    *,
    enquiry: Section47Enquiry,
    on: date,
    is_conference_required: bool,
    by: User,
    outcome: str = "",
) -> Section47Enquiry:
    """End an enquiry, with a conference to follow or none needed; its new version.

    Raises NotAllowed, NotOpen, WrongDate, WrongCode, VersionClash.
    """
    permissions.check_can_enquire(by, [enquiry.person])
    check_day(on, life_of(enquiry.person), is_an_ending=True)
    policies.check_concluding(enquiry, on, outcome)
    return carry_on(
        enquiry,
        by=by,
        act="conclude_section_47",
        ended_on=on,
        is_conference_not_required=not is_conference_required,
        outcome=outcome,
    )


@transaction.atomic
def hold_initial_conference(
    *,
    children: Sequence[Person],
    on: date,
    referrals: Mapping[int, int],
    by: User,
    is_plan_made: bool | None = None,
) -> list[InitialConference]:
    """Hold one conference about the children; a row a child, each with the enquiry that led to it.

    `referrals` are the threads of open referrals, by person id.
    A child with no enquiry waiting comes by transfer. What was decided may differ between brothers
    and sisters: then hold it once for each decision. Raises NotAllowed, NoChildren, WrongDate.
    """
    permissions.check_can_chair(by, children)
    _check_days(children, on)
    enquiries = enquiries_to_confer_on(children, referrals.values())
    policies.check_conferring(enquiries, on)
    return enter_each(
        [
            InitialConference(
                person=child,
                referral_thread=referrals.get(child.pk),
                enquiry_thread=enquiries[child.pk].thread if child.pk in enquiries else None,
                held_on=on,
                is_plan_made=is_plan_made,
            )
            for child in children
        ],
        by=by,
        act="hold_initial_conference",
    )


@transaction.atomic
def start_protection_plan(
    *, child: Person, on: date, category: str, by: User, previous_plans: int | None = None
) -> ProtectionPlan:
    """Begin a protection plan at the conference of that day.

    `category` and `previous_plans` (ever, in any authority) are each child's own. Raises NotAllowed,
    WrongDate, WrongCode, NoConference, AlreadyOpen.
    """
    permissions.check_can_chair(by, [child])
    check_day(on, life_of(child))
    policies.check_category(category, on)
    policies.check_no_plan(open_protection_plans([child], on).values())
    conference = conferences_on([child], on).get(child.pk)
    policies.check_conference(conference, on)
    return enter(
        ProtectionPlan(
            person=child,
            referral_thread=conference.referral_thread if conference else None,
            started_on=on,
            initial_category=category,
            latest_category=category,
            previous_plans=previous_plans,
        ),
        by=by,
        act="start_protection_plan",
    )


@transaction.atomic
def hold_plan_review(
    *, plan: ProtectionPlan, on: date, by: User, category: str | None = None
) -> tuple[PlanReview, ProtectionPlan]:
    """Hold a review conference of a plan; `category` is the plan's from then on, None leaves it.

    The review, and the plan as it then stands. Raises NotAllowed, NotOpen, WrongDate, WrongCode.
    """
    permissions.check_can_chair(by, [plan.person])
    check_day(on, life_of(plan.person))
    policies.check_plan_open(plan, on, "a review")
    review = enter(
        PlanReview(person=plan.person, plan_thread=plan.thread, held_on=on), by=by, act="hold_plan_review"
    )
    if category is None or category == plan.latest_category:
        return review, plan
    policies.check_category(category, on)
    return review, carry_on(plan, by=by, act="change_category", latest_category=category)


@transaction.atomic
def end_protection_plan(*, plan: ProtectionPlan, on: date, by: User) -> ProtectionPlan:
    """End a protection plan; its new version. Raises NotAllowed, NotOpen, WrongDate, VersionClash."""
    permissions.check_can_chair(by, [plan.person])
    check_day(on, life_of(plan.person), is_an_ending=True)
    policies.check_plan_open(plan, on, "its end")
    return carry_on(plan, by=by, act="end_protection_plan", ended_on=on)


def _check_days(children: Sequence[Person], on: date) -> None:
    check_children(children)
    for life in lives_of(children).values():
        check_day(on, life)
