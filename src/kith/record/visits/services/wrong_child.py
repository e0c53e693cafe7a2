"""Putting right what was written about the wrong child.

The wrong child's file keeps that something was entered in error, and nothing of what it said.
"""

import secrets
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from django.db import transaction

from kith.record import versions
from kith.record.audit import services as audit
from kith.record.chronology import services as chronology
from kith.record.chronology.entering import add_part, enter_matter
from kith.record.chronology.policies import check_day, life_of
from kith.record.people.models import Person, User
from kith.record.refusals import NotPossible
from kith.record.versions import OF_THE_VERSION
from kith.record.visits import permissions, policies
from kith.record.visits.models import How, Note, NoteAbout, Seen, Visit
from kith.record.visits.plans import counts_as
from kith.record.visits.reading import names_of, without

Part = Seen | NoteAbout
OWN_WORDS = frozenset({"own_words", "private_line", "presentation", "why_not_seen"})
SHARED_WORDS = frozenset(
    {
        "what_happened",
        "words",
        "because",
        "what_next",
        "with_whom",
        "others_there",
        "with_professional",
        "place",
    }
)


@transaction.atomic
def move_to_child(*, part: Part, to: Person, because: str, by: User, expected: int | None = None) -> Part:
    """Give what was written about the wrong child to the right one; the part as it stands there.

    Raises NotAllowed (for either child), NotSaid, WrongDate, CannotBeSeen and VersionClash.
    """
    matter = _matter_of(part)
    permissions.check_can_put_right(by, matter, [part.person, to])
    policies.check_reason(because)
    _check_fits(part, to)
    _end(part, because, by, act="move_note_to_right_child", expected=expected)
    moved = add_part(type(part)(person=to, **{**_content(part), **_counted(part, to)}), matter, by=by)
    audit.record("note_moved_here", by=by, person=to, about=_which(part))
    return moved


@transaction.atomic
def move_to_other_family(
    *, part: Part, to: Person, because: str, by: User, expected: int | None = None
) -> Part:
    """Write what stood on the wrong record on that of a child of another family; the part as it stands there.

    It keeps its first author and time, and says that it was moved from another record and not from whose:
    every name of those it was written about, and of the grown-ups ticked, is held back. The shared words of
    the children left on it stay with them; where nobody is left, they are ended too. Both records' audits
    hold the same `move`. Raises as `move_to_child` does.
    """
    matter = _matter_of(part)
    permissions.check_can_put_right(by, matter, [part.person, to])
    policies.check_reason(because)
    _check_fits(part, to)
    move = {"move": secrets.token_hex(8)}
    names = _names_of_the_wrong(part, matter, to)
    _end(part, because, by, act="move_note_to_right_child", expected=expected, about=move)
    if not type(part).current.filter(matter_thread=part.matter_thread).exists():
        versions.enter_in_error(matter, because=because.strip())
    content = {**_content(part), **_counted(part, to)}
    moved = type(part)(person=to, **_without(names, content, OWN_WORDS))
    enter_matter(_copied(matter, names), [moved], by=by, act="note_moved_here", about=move)
    return moved


def _names_of_the_wrong(part: Part, matter: Visit | Note, to: Person) -> frozenset[str]:
    everybody = (
        type(part).current.filter(matter_thread=part.matter_thread).values_list("person_id", flat=True)
    )
    there = matter.people_there if isinstance(matter, Visit) else []
    return names_of({*everybody, *there}, but_not={to.pk})


def _copied(matter: Visit | Note, names: frozenset[str]) -> Visit | Note:
    """What was shared, as it may stand on another family's record: without names, and by its first author."""
    left = OF_THE_VERSION | {"first_written_by", "first_written_at", "people_there", "actions"}
    held = {
        field.attname: getattr(matter, field.attname)
        for field in matter._meta.concrete_fields
        if field.name not in left
    }
    first = type(matter).objects.filter(thread=matter.thread).order_by("pk").first() or matter
    return type(matter)(
        **_without(names, held, SHARED_WORDS),
        first_written_by_id=matter.first_written_by_id or first.recorded_by_id,
        first_written_at=matter.first_written_at or first.recorded_at,
    )


def _without(names: frozenset[str], held: dict[str, Any], fields: frozenset[str]) -> dict[str, Any]:
    return {name: without(value, names) if name in fields else value for name, value in held.items()}


@transaction.atomic
def take_off(*, part: Part, because: str, by: User, expected: int | None = None) -> Part:
    """Take what was never about a child off that child's file. The part, ended.

    Raises NotAllowed, NotSaid and VersionClash.
    """
    permissions.check_can_put_right(by, _matter_of(part), [part.person])
    policies.check_reason(because)
    return _end(part, because, by, act="take_note_off", expected=expected)


def _matter_of(part: Part) -> Visit | Note:
    kind: type[Visit] | type[Note] = Visit if isinstance(part, Seen) else Note
    matter: Visit | Note = kind.current.get(thread=part.matter_thread)
    return matter


def _check_fits(part: Part, to: Person) -> None:
    if type(part).current.filter(matter_thread=part.matter_thread, person=to).exists():
        raise NotPossible(
            "This is written about that child already.", "Take it off the wrong child's file instead."
        )
    life = life_of(to)
    check_day(part.visited_on if isinstance(part, Seen) else part.noted_on, life)
    if isinstance(part, Seen) and part.visited_at:
        policies.check_seen(part.how, part.how_seen or "", life, part.visited_at)


def _end(
    part: Part,
    because: str,
    by: User,
    *,
    act: str,
    expected: int | None,
    about: Mapping[str, Any] = MappingProxyType({}),
) -> Part:
    """End a part as entered in error, and strike its lines."""
    ended = versions.enter_in_error(part, because=because.strip(), expected=expected)
    chronology.strike(part)
    audit.record(act, by=by, person=part.person_id, about={**_which(part), **about})
    return ended


def _content(part: Part) -> dict[str, Any]:
    left = OF_THE_VERSION | {"person", "matter_thread"}
    return {
        field.attname: getattr(part, field.attname)
        for field in part._meta.concrete_fields
        if field.name not in left
    }


def _counted(part: Part, to: Person) -> dict[str, Any]:
    """As what a visit counts for the child it is of, whatever the other child's plan was."""
    if not isinstance(part, Seen):
        return {}
    plan = counts_as([to.pk], part.visited_on).get(to.pk) if part.how == How.IN_PERSON else None
    return {"counts_as": plan.kind if plan else "", "plan_thread": plan.plan_thread if plan else None}


def _which(part: Part) -> dict[str, Any]:
    return {"fact": part._meta.label_lower, "thread": part.thread}
