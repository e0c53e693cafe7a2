"""Who may record the work before court."""

from kith.record.chronology.permissions import check_can_act
from kith.record.people.models import Person, User


def check_can_prepare(by: User, child: Person) -> None:
    check_can_act("prepare_for_court", by, [child])
