"""Who may write down how a child is at school."""

from kith.record.chronology.permissions import allows, check_can_act
from kith.record.people.models import Person, User


def check_can_record(by: User, child: Person) -> None:
    """Whoever has the power and may open the child's record."""
    check_can_act("record_schooling", by, [child])


def can_record(by: User, child: Person) -> bool:
    return allows(check_can_record, by, child)
