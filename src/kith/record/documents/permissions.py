"""Who may keep documents on a record, and read them there."""

from collections.abc import Iterable, Sequence

from kith.record.access.permissions import Level, accesses
from kith.record.chronology.permissions import allows, check_can_act
from kith.record.people.models import Person, User
from kith.record.people.queries import kept_ids
from kith.record.refusals import NotAllowed


def check_can_keep(by: User, people: Iterable[Person]) -> None:
    """Whoever holds the power may keep documents on records that they may open."""
    check_can_act("keep_documents", by, people)


def can_keep(by: User, people: Iterable[Person]) -> bool:
    return allows(check_can_keep, by, people)


def check_can_read(user: User, person: Person, about: Iterable[int]) -> None:
    """Whoever may open the record reads its documents, unless another it is about is kept from them.

    A file cannot be shown in part: what it says of somebody who is hidden would be read too.
    """
    if not can_read(user, person, about):
        raise NotAllowed("This document is held back.", "Ask who added it, or your manager.")


def can_read(user: User, person: Person, about: Iterable[int]) -> bool:
    return can_read_each(user, person, [frozenset(about)])[0]


def can_read_each(user: User, person: Person, about: Sequence[frozenset[int]]) -> list[bool]:
    """For each of several documents on a person's file, by whom each is about: asked for all at once."""
    kept = kept_ids([person.pk, *(pk for each in about for pk in each)])
    seen = accesses(user, set(kept.values()))
    if seen[kept[person.pk]].level is not Level.RECORD:
        return [False for _ in about]
    hidden = {pk for pk, under in kept.items() if seen[under].is_restricted}
    return [not each & hidden for each in about]
