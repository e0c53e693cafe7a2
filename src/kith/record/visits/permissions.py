"""Who may write down visits and notes, and who may put right what is written."""

from collections.abc import Iterable

from kith.record.chronology.permissions import allows, check_can_act
from kith.record.people.models import Person, User
from kith.record.people.permissions import can, check_can
from kith.record.refusals import NotAllowed
from kith.record.visits.models import Note, Visit


def check_can_write(by: User, children: Iterable[Person]) -> None:
    """Whoever holds the power may write about children whose records they may open."""
    check_can_act("record_visits", by, children)


def can_write(by: User, children: Iterable[Person]) -> bool:
    return allows(check_can_write, by, children)


def check_can_decide(by: User, children: Iterable[Person]) -> None:
    """A manager's decision is a manager's to write."""
    check_can("decide_on_work", by)
    check_can_write(by, children)


def can_decide(by: User, children: Iterable[Person]) -> bool:
    return allows(check_can_decide, by, children)


def check_can_put_right(by: User, matter: Visit | Note, children: Iterable[Person]) -> None:
    """Who made or wrote it may put it right, and so may a manager, on records that they may open."""
    check_can_write(by, children)
    if not (can("decide_on_work", by) or _is_theirs(by, matter)):
        raise NotAllowed(
            "Somebody else wrote this.", "Ask them, or a team manager, to put it right. Add a note meanwhile."
        )


def can_put_right(by: User, matter: Visit | Note, children: Iterable[Person]) -> bool:
    return allows(check_can_put_right, by, matter, children)


def _is_theirs(by: User, matter: Visit | Note) -> bool:
    wrote_it = type(matter).objects.filter(thread=matter.thread, supersedes=None, recorded_by=by).exists()
    wrote_it = wrote_it or matter.first_written_by_id == by.pk
    return wrote_it or (isinstance(matter, Visit) and matter.visitor == by)
