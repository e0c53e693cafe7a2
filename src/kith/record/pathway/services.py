"""Steps of the pathway that touch several rooms, and acts about people that belong in their story.

Rooms do not know each other: work hangs on the open referral, and one plan ends where another begins,
because a step here says so (data/endings.csv), in one transaction.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from django.db import transaction

from kith.record.assessment import services as assessment
from kith.record.assessment.models import Assessment, ChildInNeedPlan
from kith.record.care import services as care
from kith.record.care.models import PeriodOfCare
from kith.record.care.policies import is_short_break
from kith.record.chronology.services import tell
from kith.record.courts import services as courts
from kith.record.courts.models import PreProceedings
from kith.record.frontdoor.queries import referral_threads
from kith.record.help.services.families import LEADS
from kith.record.pathway.after_plan import say_what_follows
from kith.record.pathway.steps import endings
from kith.record.people import services as people
from kith.record.people import staff
from kith.record.people.models import Allocation, Person, PersonDetails, PersonName, Team, User
from kith.record.people.queries import same_person_ids
from kith.record.protection import services as protection
from kith.record.protection.models import InitialConference, ProtectionPlan, Section47Enquiry
from kith.record.protection.policies import check_no_plan
from kith.record.protection.queries import open_protection_plans

ENDS: Mapping[str, Callable[..., Any]] = {"end_child_in_need_plan": assessment.give_way}


@transaction.atomic
def start_assessment(*, children: Sequence[Person], on: date, by: User) -> list[Assessment]:
    """Begin one assessment of a family under each child's open referral, as the room's service says."""
    referrals = referral_threads(children, on)
    return assessment.start_assessment(children=children, on=on, referrals=referrals, by=by)


@transaction.atomic
def start_child_in_need_plan(*, children: Sequence[Person], on: date, by: User) -> list[ChildInNeedPlan]:
    """Begin a child in need plan for each of the children under their open referral.

    No child has one beside a protection plan; it may begin on the day that ends. Raises AlreadyOpen.
    """
    check_no_plan(open_protection_plans(children, on).values())  # CIN census rules 4001, 4016
    referrals = referral_threads(children, on)
    begun = assessment.start_child_in_need_plan(children=children, on=on, referrals=referrals, by=by)
    say_what_follows(children=children, done=begun[0], by=by)
    return begun


@transaction.atomic
def start_section_47(
    *, children: Sequence[Person], on: date, by: User, **facts: Any
) -> list[Section47Enquiry]:
    """Begin an enquiry about each of the children under their open referral."""
    referrals = referral_threads(children, on)
    return protection.start_section_47(children=children, on=on, referrals=referrals, by=by, **facts)


@transaction.atomic
def hold_initial_conference(
    *, children: Sequence[Person], on: date, by: User, **facts: Any
) -> list[InitialConference]:
    """Hold one conference about the children, with the enquiry under their open referral that led to it."""
    referrals = referral_threads(children, on)
    return protection.hold_initial_conference(children=children, on=on, referrals=referrals, by=by, **facts)


@transaction.atomic
def start_protection_plan(*, child: Person, on: date, by: User, **facts: Any) -> ProtectionPlan:
    """Begin a protection plan; a child in need plan ends with it, the same day."""
    _end_what_gives_way("start_protection_plan", child, on, by)
    begun = protection.start_protection_plan(child=child, on=on, by=by, **facts)
    say_what_follows(children=[child], done=begun, by=by)
    return begun


@transaction.atomic
def record_pre_proceedings(*, child: Person, on: date, by: User, **facts: Any) -> PreProceedings:
    """Write down the work before court, under the child's open referral where there is one."""
    referral = referral_threads([child], on).get(child.pk)
    return courts.record_pre_proceedings(child=child, on=on, referral=referral, by=by, **facts)


@transaction.atomic
def start_care(*, child: Person, on: date, legal_status: str, by: User, **facts: Any) -> PeriodOfCare:
    """Begin a time in care; a child in need plan ends with it, but for short breaks."""
    kind = "short_breaks" if is_short_break(legal_status) else ""
    _end_what_gives_way("start_care", child, on, by, kind)
    period = care.start_care(child=child, on=on, legal_status=legal_status, by=by, **facts)
    say_what_follows(children=[child], done=period, by=by)
    return period


def _end_what_gives_way(act: str, child: Person, on: date, by: User, kind: str = "") -> None:
    """End what the act ends. The act itself then checks who may and when; refused, it takes this back."""
    for ending in endings():
        if ending.act == act and (not kind or kind != ending.unless):
            ENDS[ending.ends](children=[child], on=on, by=by)


@transaction.atomic
def record_birth(
    *, child: Person, on: date, sex: str, by: User, given_names: str = "", family_name: str = ""
) -> PersonDetails:
    """An unborn child is born on that day: the expected date no longer counts.

    Raises NotAllowed, NotPossible (the day has not come), VersionClash.
    """
    details = people.correct_details(
        child, by=by, because="Born", date_of_birth=on, sex=sex, expected_date_of_birth=None
    )
    if given_names or family_name:
        _name_at_birth(child, on, by, given_names=given_names, family_name=family_name)
    tell(details)
    return details


def _name_at_birth(child: Person, on: date, by: User, **names: Any) -> None:
    """The name given at birth stands in place of what the unborn child went by, which was no name."""
    before = PersonName.current.filter(person=child, kind=PersonName.Kind.LEGAL, ended_on=None).first()
    if before is None:
        people.change_legal_name(child, by=by, on=on, because="Named at birth", **names)
    else:
        people.correct_name(before, by=by, because="Named at birth", **names)


@transaction.atomic
def record_death(*, person: Person, on: date, by: User, expected: int | None = None) -> PersonDetails:
    """The person died on that day; nothing may be dated after it.

    What is open for them stays open: `pathway.died` ends it. Raises NotAllowed, NotPossible, VersionClash.
    """
    details = people.correct_details(person, by=by, because="Died", expected=expected, date_of_death=on)
    tell(details)
    return details


@transaction.atomic
def allocate_worker(
    *,
    child: Person,
    on: date,
    worker: User,
    by: User,
    team: Team | None = None,
    role: str = "social_worker",
    change_reason: str = "",
) -> Allocation:
    """A worker takes the child on from that day; whoever had the same role hands over.

    Who led the child's family help and takes on more leads it no longer in a role of its own: that ends on
    the day. `change_reason` is why it is this worker from now on (code list `social_worker_change_reason`).
    Raises NotAllowed, NotPossible.
    """
    _end(child, role, on, by)
    if role != LEADS:
        _end_their_lead(child, worker, on, by)
    allocation = staff.allocate(
        child, by=by, worker=worker, team=team, role=role, started_on=on, change_reason=change_reason
    )
    tell(allocation)
    return allocation


@transaction.atomic
def end_allocation(*, child: Person, on: date, by: User, role: str = "social_worker") -> list[Allocation]:
    """Whoever works with the child in this role stops on that day, and nobody takes over.

    The child is with the team of the unallocated until somebody is. Raises NotAllowed, NotPossible.
    """
    ended = _end(child, role, on, by)
    staff.leave_with_the_unallocated([child.pk], on=on)
    return ended


def _end_their_lead(child: Person, worker: User, on: date, by: User) -> None:
    """End a worker's own lead of a child's family help, on the day it began at the earliest."""
    held = Allocation.current.filter(person__in=same_person_ids(child), role=LEADS, worker=worker)
    for before in held.filter(ended_on=None):
        tell(staff.end_allocation(before, by=by, on=max(on, before.started_on or on)))


def _end(child: Person, role: str, on: date, by: User) -> list[Allocation]:
    held = Allocation.current.filter(person__in=same_person_ids(child), role=role, ended_on=None)
    ended = [
        staff.end_allocation(before, by=by, on=on, change_reason=before.change_reason)
        for before in held.exclude(worker=None)
    ]
    for allocation in ended:
        tell(allocation)
    return ended
