"""Who may enquire into harm, and who may chair: the chair is not in the line of management."""

from collections.abc import Iterable

from kith.record.chronology.permissions import allows, check_can_act
from kith.record.people.models import Person, User


def check_can_enquire(by: User, children: Iterable[Person]) -> None:
    check_can_act("enquire", by, children)


def can_enquire(by: User, children: Iterable[Person]) -> bool:
    return allows(check_can_enquire, by, children)


def check_can_chair(by: User, children: Iterable[Person]) -> None:
    """A conference chair holds conferences and reviews, and begins and ends the plan they decide."""
    check_can_act("chair_conferences", by, children)


def can_chair(by: User, children: Iterable[Person]) -> bool:
    return allows(check_can_chair, by, children)
