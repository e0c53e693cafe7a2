"""Acts about people that belong in their story: the room of people lies below the chronology."""

from datetime import date

from django.db import transaction

from kith.record.chronology.services import tell
from kith.record.people import services as people
from kith.record.people import staff
from kith.record.people.models import Allocation, Person, PersonDetails, Team, User


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
        people.change_legal_name(
            child, by=by, given_names=given_names, family_name=family_name, on=on, because="Named at birth"
        )
    tell(details)
    return details


@transaction.atomic
def record_death(*, person: Person, on: date, by: User) -> PersonDetails:
    """The person died on that day; nothing may be dated after it. Raises NotAllowed, NotPossible."""
    details = people.correct_details(person, by=by, because="Died", date_of_death=on)
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

    `change_reason` is why it is this worker from now on (code list `social_worker_change_reason`).
    Raises NotAllowed, NotPossible.
    """
    _end(child, role, on, by)
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


def _end(child: Person, role: str, on: date, by: User) -> list[Allocation]:
    working = Allocation.current.filter(person=child, role=role, ended_on=None).exclude(worker=None)
    ended = [
        staff.end_allocation(before, by=by, on=on, change_reason=before.change_reason) for before in working
    ]
    for allocation in ended:
        tell(allocation)
    return ended
