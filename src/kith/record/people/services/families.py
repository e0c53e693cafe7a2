"""A family put on record in one act: its people, how they are tied, where they live, what returns ask."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction

from kith.record.audit import services as audit
from kith.record.people import permissions, queries
from kith.record.people.local import own_authority_to_number
from kith.record.people.models import Identifier, Person, User
from kith.record.people.services.persons import (
    add_identifier,
    live_at,
    record_disability,
    register_person,
    relate,
)
from kith.record.people.staff import leave_with_the_unallocated
from kith.record.refusals import NotPossible
from kith.standards.dates import age_on

SCHOOL_AGE = 5  # compulsory from the term after the fifth birthday: Education Act 1996 s8
NOT_OF_SCHOOL_AGE, NOT_YET_KNOWN = "UN1", "UN4"  # code list `upn_unknown`


@dataclass(frozen=True)
class NewPerson:
    """Somebody to put on record; `key` names them among the people of this one act.

    `details` are keyword arguments of `register_person`: names, sex, ethnicity, dates of birth.
    """

    key: str
    is_child: bool
    lives_at_home: bool = True
    upn: str = ""
    upn_unknown: str = ""  # code list `upn_unknown`; where neither is given, what the child's age tells
    disabilities: tuple[str, ...] = ()
    details: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class NewTie:
    """`other` is `kind` to `one` (code list `family_relationships`): by key, or as people on record."""

    one: str | Person
    other: str | Person
    kind: str
    has_parental_responsibility: bool | None = None
    is_born_together: bool = False
    said_by: str = ""  # where somebody told it and nobody has checked


@dataclass(frozen=True)
class NewHome:
    """Where the new people live together. Whether it is hidden has to be said."""

    lines: str
    postcode: str
    is_confidential: bool
    said_by: str = ""  # where somebody told it and nobody has checked


@transaction.atomic
def register_family(
    *, by: User, people: Sequence[NewPerson], ties: Iterable[NewTie], address: NewHome | None, on: date
) -> dict[str, Person]:
    """Return each of these new people by key: registered, tied to each other, at home where that is known.

    Each child has a child id (where this authority is known) and a pupil number, or a reason there is none;
    and waits with the team of the unallocated from `on`. Raises NotAllowed, NotPossible; then nobody is
    registered.
    """
    made = {each.key: register_person(by=by, **each.details) for each in people}
    if len(made) < len(people):
        raise NotPossible("Two people were given under one name.", "Give each of them once.")
    for tie in ties:
        relate(
            _one(tie.one, made), _one(tie.other, made), by=by, kind=tie.kind,
            has_parental_responsibility=tie.has_parental_responsibility,
            is_born_together=tie.is_born_together, said_by=tie.said_by,
        )  # fmt: skip
    for each in people:
        _settle(each, made[each.key], address, on, by)
    children = [made[each.key].pk for each in people if each.is_child]
    leave_with_the_unallocated(children, on=on)
    audit.record_many("family_registered", by=by, persons=made.values(), about={"people": len(made)})
    return made


@transaction.atomic
def give_child_id(person: Person, *, by: User) -> Identifier | None:
    """Return the child's id at this authority: the one they have, or the next that is free ("K000123").

    None where this authority is not known yet: then the child is in no return, which is owed. An id is of
    letters and digits, at most 20 (CIN census rules 1570 and 1580). Raises NotAllowed.
    """
    permissions.check_can("keep_people", by)
    own = own_authority_to_number()
    if own is None:
        return None
    ids = Identifier.current.filter(kind=Identifier.Kind.CHILD_ID, authority=own.code)
    held: Identifier | None = ids.filter(person_id__in=queries.same_person_ids(person)).first()
    if held is not None:
        return held
    number = own.last_child_number + 1
    while ids.filter(value=_child_id(number)).exists():
        number += 1
    own.last_child_number = number
    own.save(update_fields=["last_child_number"])
    return add_identifier(
        person, by=by, kind=Identifier.Kind.CHILD_ID, value=_child_id(number), authority=own.code
    )


def _child_id(number: int) -> str:
    return f"K{number:06d}"


def _one(told: str | Person, made: dict[str, Person]) -> Person:
    if isinstance(told, Person):
        return told
    if told not in made:
        raise NotPossible("Somebody is tied to a person who is not among these.", "Give them first.")
    return made[told]


def _settle(each: NewPerson, person: Person, address: NewHome | None, on: date, by: User) -> None:
    """Where they live, and what a return asks of a child."""
    if address is not None and each.lives_at_home:
        live_at(
            person, by=by, lines=address.lines, postcode=address.postcode, started_on=on,
            is_confidential=address.is_confidential, said_by=address.said_by,
        )  # fmt: skip
    for code in each.disabilities:
        record_disability(person, by=by, code=code)
    if each.is_child:
        give_child_id(person, by=by)
        kind = Identifier.Kind.UPN if each.upn else Identifier.Kind.UPN_UNKNOWN
        add_identifier(person, by=by, kind=kind, value=each.upn or _no_upn(each, on))


def _no_upn(each: NewPerson, on: date) -> str:
    """Why there is no pupil number: as told, else as the child's age tells."""
    if each.upn_unknown:
        return each.upn_unknown
    born: date | None = each.details.get("date_of_birth")
    expected = each.details.get("expected_date_of_birth")
    is_young = (age_on(born, on) or 0) < SCHOOL_AGE if born else expected is not None
    return NOT_OF_SCHOOL_AGE if is_young else NOT_YET_KNOWN
