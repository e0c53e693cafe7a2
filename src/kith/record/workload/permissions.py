"""Who may say why something is late, that it is not needed, and that a handover was read."""

from collections.abc import Iterable

from kith.record.access.permissions import check_can_open
from kith.record.chronology.permissions import allows, check_can_act
from kith.record.people.models import Person, User
from kith.record.refusals import NotAllowed
from kith.record.workload.models import Handover


def check_can_say_why_late(by: User, children: Iterable[Person]) -> None:
    """Raise NotAllowed unless `by` works with every one of these children."""
    for child in children:
        check_can_open(by, child)


def check_can_put_aside(by: User, children: Iterable[Person]) -> None:
    """Raise NotAllowed unless `by` is a manager who may decide about these children's work."""
    check_can_act("decide_on_work", by, children)


def can_put_aside(by: User, children: Iterable[Person]) -> bool:
    return allows(check_can_put_aside, by, children)


def check_can_read(by: User, handover: Handover) -> None:
    """Raise NotAllowed unless the child was handed over to `by`."""
    if handover.taken_by_id != by.pk:
        raise NotAllowed("This child was handed over to somebody else.", f"Ask {handover.taken_by}.")
