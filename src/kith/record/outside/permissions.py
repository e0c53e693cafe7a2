"""Who may work on harm outside the home, and who may see how young people are tied by it."""

from collections.abc import Iterable

from kith.record.chronology.permissions import allows, check_can_act
from kith.record.people.models import Person, User
from kith.record.people.permissions import can, check_can


def check_can_keep_concerns(by: User) -> None:
    """Write down places, groups and adults of concern: they are about no one young person."""
    check_can("work_on_harm_outside", by)


def check_can_work(by: User, people: Iterable[Person]) -> None:
    """Link young people, screen them, plan and decide: of those whose records `by` may open."""
    check_can_act("work_on_harm_outside", by, people)


def can_work(by: User, people: Iterable[Person]) -> bool:
    return allows(check_can_work, by, people)


def check_can_see_map(by: User, around: Iterable[Person] = ()) -> None:
    """See the ties between young people: fewer may than may work on one young person's own.

    Around a young person, only those who may open that record.
    """
    check_can_act("see_peer_maps", by, around)


def can_see_map(by: User) -> bool:
    return can("see_peer_maps", by)
