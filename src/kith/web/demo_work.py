"""What the demonstration's people do there: their teams, the children they hold, the records they guard.

All of it goes through the services, as for anybody else. Everyone here is invented.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from kith.record.access.models import Restriction
from kith.record.access.services import place_restriction
from kith.record.assessment.models import Assessment, ChildInNeedPlan
from kith.record.care.queries import periods_open_on
from kith.record.pathway.services import allocate_worker
from kith.record.people.models import Allocation, Identifier, Membership, Person, Team, User
from kith.record.people.queries import in_force
from kith.record.people.staff import say_what_team
from kith.record.protection.queries import plans_open_on
from kith.web.demo import DEMO_PEOPLE

# Who is in which of Northbrook's teams, and who manages it.
PLACES = (
    ("Sade Bankole", "Help and protection north", False),
    ("Ruth Calder", "Help and protection north", True),
    ("Kit Farrow", "Help and protection north", False),
    ("Leila Rahimi", "Help and protection south", False),
    ("Dev Marwaha", "Front door and assessment", False),
    ("Owen Pritchard", "Emergency duty", False),
    ("Marcus Odell", "Reviewing and conferences", False),
    ("Agnes Nowak", "Placements and fostering", False),
    ("Tariq Bello", "Leaving care", False),
    ("Joan Whitlock", "Leadership", True),
    ("Piers Hallam", "Leadership", False),
    ("Nuala Byrne", "Leadership", False),
    ("Mei Tanaka", "Performance and data", False),
)
# What each of the teams does.
KINDS = (
    ("Front door and assessment", Team.Kind.FRONT_DOOR),
    ("Assessment east", Team.Kind.ASSESSMENT),
    ("Help and protection north", Team.Kind.FAMILY_HELP),
    ("Help and protection south", Team.Kind.PROTECTION),
    ("Children in our care", Team.Kind.CARE),
    ("Disabled children", Team.Kind.DISABLED_CHILDREN),
    ("Leaving care", Team.Kind.LEAVING),
    ("Reviewing and conferences", Team.Kind.CONFERENCES),
    ("Emergency duty", Team.Kind.OUT_OF_HOURS),
)
SETTLES = "Bola Adeyemi"
ALLOCATES = "Ruth Calder"
GUARDS = "Piers Hallam"
# In these roles one worker holds a child at a time, so that the one before hands over.
HANDED_OVER = frozenset({"social_worker", "personal_adviser"})


@dataclass(frozen=True)
class Holding:
    """So many children at a stage whom somebody works with; `role` is a working relationship's."""

    name: str
    role: str
    stage: str
    number: int


HOLDINGS = (
    Holding("Sade Bankole", "social_worker", "assessment", 4),
    Holding("Sade Bankole", "social_worker", "help", 5),
    Holding("Sade Bankole", "social_worker", "protection", 5),
    Holding("Sade Bankole", "social_worker", "care", 4),
    Holding("Kit Farrow", "family_help_lead", "help", 14),
    Holding("Leila Rahimi", "lead_cp_practitioner", "protection", 12),
    Holding("Marcus Odell", "cp_chair", "protection", 15),
    Holding("Marcus Odell", "iro", "care", 40),
    Holding("Agnes Nowak", "placement_officer", "care", 15),
    Holding("Tariq Bello", "personal_adviser", "leaving", 14),
)


@transaction.atomic
def settle_demo_people() -> dict[str, User]:
    """Give each of DEMO_PEOPLE a team and work, once: the teams and the children are there already.

    Returns them by name.
    """
    today = timezone.localdate()
    users = {person.name: User.objects.get(email=person.email) for person in DEMO_PEOPLE}
    for name, team, is_manager in PLACES:
        _join(users[name], Team.objects.get(name=team), is_manager, today)
    for team, kind in KINDS:
        for unsaid in Team.objects.filter(name=team, kind=""):
            say_what_team(unsaid, by=users[SETTLES], kind=kind)
    if not Allocation.objects.filter(worker__in=users.values()).exists():
        _guard(users)
        for holding in HOLDINGS:
            _hold(holding, users, today)
    return users


def _join(user: User, team: Team, is_manager: bool, on: date) -> None:
    Membership.objects.get_or_create(
        user=user, team=team, is_manager=is_manager, ended_on=None, defaults={"started_on": on}
    )


def _hold(holding: Holding, users: dict[str, User], today: date) -> None:
    """Allocate the children, brothers and sisters together; none twice, and none who is guarded."""
    worker = users[holding.name]
    team = Membership.objects.select_related("team").get(user=worker, ended_on=None).team
    taken = Allocation.current.filter(worker=worker).values_list("person_id", flat=True)
    guarded = Restriction.objects.values_list("person_id", flat=True)
    children = _in_order(set(AT[holding.stage](today)) - set(taken) - set(guarded))
    for number, child in enumerate(children[: holding.number]):
        allocate_worker(
            child=child,
            on=_day(child, holding.role, number, today),
            worker=worker,
            team=team,
            role=holding.role,
            change_reason="MANAGE" if holding.role in HANDED_OVER else "",
            by=users[ALLOCATES],
        )


def _day(child: Person, role: str, number: int, today: date) -> date:
    """Some weeks ago for who takes over; for who comes beside the named worker, the day before them."""
    working = Allocation.current.filter(person=child, ended_on=None).exclude(worker=None)
    first = working.filter(role__in=HANDED_OVER).order_by("-started_on").first()
    if first is None:
        return today
    started: date = first.started_on
    if role in HANDED_OVER:
        return max(started, today - timedelta(days=20 + 9 * number))
    return started - timedelta(days=1)


def _guard(users: dict[str, User]) -> None:
    """One child's record is open to the custodian and their worker alone; adoptions are sealed already."""
    custodian = users[GUARDS]
    sealed = Restriction.objects.values_list("person_id", flat=True)
    for child in _in_order(set(_in_care(timezone.localdate())) - set(sealed))[-1:]:
        theirs = Allocation.current.filter(person=child, ended_on=None).exclude(worker=None)
        place_restriction(
            child,
            by=custodian,
            kind=Restriction.Kind.STAFF_FAMILY,
            reason="A parent works for the council",
            custodian=custodian,
            allowed=[allocation.worker for allocation in theirs if allocation.worker],
        )


def _in_order(persons: Iterable[int]) -> list[Person]:
    """These persons by child id: the same each time, and brothers and sisters beside each other."""
    ids = Identifier.current.filter(kind=Identifier.Kind.CHILD_ID, person_id__in=list(persons))
    return [found.person for found in ids.select_related("person").order_by("value")]


def _assessed(on: date) -> Any:
    return Assessment.current.filter(authorised_on=None).values_list("person_id", flat=True)


def _helped(on: date) -> Any:
    return ChildInNeedPlan.current.filter(in_force(on)).values_list("person_id", flat=True)


def _protected(on: date) -> Any:
    return plans_open_on(on).values_list("person_id", flat=True)


def _in_care(on: date) -> Any:
    return periods_open_on(on).values_list("person_id", flat=True)


def _leaving(on: date) -> Any:
    advised = Allocation.current.filter(in_force(on), role="personal_adviser")
    return advised.exclude(worker=None).values_list("person_id", flat=True)


AT: dict[str, Callable[[date], Any]] = {
    "assessment": _assessed,
    "help": _helped,
    "protection": _protected,
    "care": _in_care,
    "leaving": _leaving,
}
