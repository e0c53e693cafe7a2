"""Who may record how a care leaver is doing."""

from kith.record.chronology.permissions import allows, check_can_act
from kith.record.people.models import Person, User


def check_can_record(by: User, person: Person) -> None:
    check_can_act("record_after_care", by, [person])


def can_record(by: User, person: Person) -> bool:
    return allows(check_can_record, by, person)
