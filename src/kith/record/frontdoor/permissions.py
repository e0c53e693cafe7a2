"""Who may take contacts and referrals, and who may close a case."""

from kith.record.chronology.permissions import allows, check_role, check_works_with
from kith.record.people.models import Person, Role, User

FRONT_DOOR = (Role.DUTY_WORKER, Role.OUT_OF_HOURS, Role.SOCIAL_WORKER, Role.TEAM_MANAGER, Role.SENIOR_MANAGER)
CLOSERS = (Role.SOCIAL_WORKER, Role.TEAM_MANAGER, Role.SENIOR_MANAGER)


def check_can_receive(by: User) -> None:
    """Anyone at the front door may write down a contact or a referral, whoever the child is."""
    check_role(by, FRONT_DOOR, "receive contacts and referrals")


def can_receive(by: User) -> bool:
    return allows(check_can_receive, by)


def check_can_close(by: User, child: Person) -> None:
    """A social worker or manager who works with the child may close the case."""
    check_role(by, CLOSERS, "close a case")
    check_works_with(by, [child])


def can_close(by: User, child: Person) -> bool:
    return allows(check_can_close, by, child)
