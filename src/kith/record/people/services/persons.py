"""What people do to the record of a person: register, name, correct, relate.

Each is one act: it checks who may, writes the fact and its audit entry together, and returns the
fact.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from kith.record import versions
from kith.record.audit import services as audit
from kith.record.facts import Ending
from kith.record.people import permissions, policies, queries
from kith.record.people.models import (
    Address,
    DatePrecision,
    Disability,
    Identifier,
    Person,
    PersonDetails,
    PersonName,
    Relationship,
    User,
)
from kith.record.people.services.duplicates import propose_match, tell_apart
from kith.record.refusals import NotPossible


@transaction.atomic
def register_person(
    *,
    by: User,
    given_names: str = "",
    family_name: str = "",
    sex: str = "",
    ethnicity: str = "",
    date_of_birth: date | None = None,
    date_of_birth_precision: str | None = None,
    expected_date_of_birth: date | None = None,
    is_new_identity: bool = False,
    **details: Any,
) -> Person:
    """Return a new person, with their legal name (where one is known) and details.

    `is_new_identity` marks an adopted child's new record, which is never proposed as a match.
    Raises NotAllowed, NotPossible.
    """
    permissions.check_can("keep_people", by)
    policies.check_date_of_birth(date_of_birth, timezone.localdate())
    person = Person.objects.create(is_never_proposed=is_new_identity)
    precision = date_of_birth_precision or (DatePrecision.DAY if date_of_birth else DatePrecision.UNKNOWN)
    PersonDetails.objects.create(
        person=person, recorded_by=by, sex=sex, ethnicity=ethnicity, date_of_birth=date_of_birth,
        date_of_birth_precision=precision, expected_date_of_birth=expected_date_of_birth, **details,
    )  # fmt: skip
    if given_names.strip() or family_name.strip():
        _name(person, by=by, given_names=given_names, family_name=family_name)
    audit.record("person_registered", by=by, person=person)
    return person


@transaction.atomic
def add_name(
    person: Person,
    *,
    by: User,
    given_names: str,
    family_name: str,
    kind: str = PersonName.Kind.KNOWN_AS,
    started_on: date | None = None,
    ended_on: date | None = None,
) -> PersonName:
    """Return a further name of `person`: what they are known as, or were called before."""
    permissions.check_can("keep_people", by)
    policies.check_spell(started_on, ended_on)
    name = _name(
        queries.survivor(person), by=by, given_names=given_names, family_name=family_name,
        kind=kind, started_on=started_on, ended_on=ended_on,
    )  # fmt: skip
    return audited("name_added", name, by)


@transaction.atomic
def change_legal_name(
    person: Person, *, by: User, given_names: str, family_name: str, on: date, because: str = ""
) -> PersonName:
    """Return the new legal name of `person` from a day; the old one stays as a previous name."""
    permissions.check_can("keep_people", by)
    kept = queries.survivor(person)
    legal = PersonName.current.filter(
        person_id__in=queries.same_person_ids(kept), kind=PersonName.Kind.LEGAL, ended_on=None
    )
    for old in legal:
        policies.check_spell(old.started_on, on)
        versions.supersede(
            old, by=by, ended_as=Ending.CONTINUED, because=because, ended_on=on, kind=PersonName.Kind.PREVIOUS
        )
    name = _name(kept, by=by, given_names=given_names, family_name=family_name, started_on=on)
    return audited("legal_name_changed", name, by)


@transaction.atomic
def correct_name(
    name: PersonName, *, by: User, because: str, expected: int | None = None, **changes: Any
) -> PersonName:
    """Return the corrected name; the misspelt one stays readable. Raises VersionClash."""
    return _correct(name, "name_corrected", by, because, expected, changes)


@transaction.atomic
def correct_details(
    person: Person, *, by: User, because: str, expected: int | None = None, **changes: Any
) -> PersonDetails:
    """Return the corrected details of `person` (sex, birth, death, language, what to know before ringing).

    `expected` is the id of the details the worker saw. Raises VersionClash, NotAllowed, NotPossible.
    """
    policies.check_date_of_birth(changes.get("date_of_birth"), timezone.localdate())
    if changes.get("date_of_birth"):
        changes.setdefault("date_of_birth_precision", DatePrecision.DAY)
    kept = queries.survivor(person)
    details: PersonDetails | None = PersonDetails.current.filter(person=kept).first()
    if details is None:
        permissions.check_can("keep_people", by)
        details = PersonDetails.objects.create(person=kept, recorded_by=by, **changes)
        return audited("details_corrected", details, by)
    return _correct(details, "details_corrected", by, because, expected, changes)


@transaction.atomic
def add_identifier(
    person: Person,
    *,
    by: User,
    kind: str,
    value: str,
    authority: str = "",
    source: str = "",
    started_on: date | None = None,
    ended_on: date | None = None,
) -> Identifier:
    """Return an id that somebody outside gave `person`.

    Whoever else holds the same id is proposed as a match: two children, or one child twice.
    """
    permissions.check_can("keep_people", by)
    policies.check_spell(started_on, ended_on)
    if not value.strip():
        raise NotPossible("There is no id here to add.", "Type the id, or leave it out.")
    kept = queries.survivor(person)
    identifier = Identifier.objects.create(
        person=kept, recorded_by=by, kind=kind, value=value.strip(), authority=authority,
        source=source, started_on=started_on, ended_on=ended_on,
    )  # fmt: skip
    for other in _holders_of_same(identifier):
        propose_match(kept, other, because=f"Both have the same {identifier.get_kind_display().lower()}")
    return audited("identifier_added", identifier, by)


@transaction.atomic
def correct_identifier(
    identifier: Identifier, *, by: User, because: str, expected: int | None = None, **changes: Any
) -> Identifier:
    """Return the corrected identifier. Raises VersionClash."""
    return _correct(identifier, "identifier_corrected", by, because, expected, changes)


@transaction.atomic
def relate(
    person: Person,
    other: Person,
    *,
    by: User,
    kind: str,
    has_parental_responsibility: bool | None = None,
    is_born_together: bool = False,
    started_on: date | None = None,
    ended_on: date | None = None,
    said_by: str = "",
) -> Relationship:
    """Return that `other` is `kind` (code list `family_relationships`) to `person`.

    `said_by` is who told it, where nobody has checked it, in words that name nobody; "" where it was checked.
    `is_born_together`: twins or more, alike in all, who are never proposed as one person.
    """
    permissions.check_can("keep_people", by)
    policies.check_spell(started_on, ended_on)
    one, two = queries.survivor(person), queries.survivor(other)
    if one.pk == two.pk:
        raise NotPossible("Nobody is their own relative.", "Choose somebody else.")
    relationship = Relationship.objects.create(
        person=one, other=two, kind=kind, has_parental_responsibility=has_parental_responsibility,
        is_born_together=is_born_together, started_on=started_on, ended_on=ended_on, recorded_by=by,
        said_by=said_by[:200],
    )  # fmt: skip
    if is_born_together:
        tell_apart(one, two, by=by)
    audit.record("people_related", by=by, person=two, about={"kind": kind, "to": one.pk})
    return audited("people_related", relationship, by)


@transaction.atomic
def end_relationship(
    relationship: Relationship, *, by: User, on: date, because: str = "", expected: int | None = None
) -> Relationship:
    """Return the relationship, ended on a day: a partner who left, a foster carer of before."""
    permissions.check_can("keep_people", by)
    policies.check_spell(relationship.started_on, on)
    ended = versions.supersede(
        relationship, by=by, ended_as=Ending.CONTINUED, because=because, expected=expected, ended_on=on
    )
    return audited("relationship_ended", ended, by)


@transaction.atomic
def live_at(
    person: Person,
    *,
    by: User,
    lines: str = "",
    postcode: str = "",
    started_on: date | None = None,
    kind: str = "home",
    is_confidential: bool,
    said_by: str = "",
) -> Address:
    """Return where `person` lives from a day; the address of that kind before it ends then.

    `said_by` is who told it, where nobody has checked it, in words that name nobody. Whether it is hidden
    has to be said: it is never assumed.
    """
    permissions.check_can("keep_people", by)
    kept = queries.survivor(person)
    before = Address.current.filter(person_id__in=queries.same_person_ids(kept), kind=kind, ended_on=None)
    for old in before:
        policies.check_spell(old.started_on, started_on)
        versions.supersede(old, by=by, ended_as=Ending.CONTINUED, ended_on=started_on or timezone.localdate())
    address = Address.objects.create(
        person=kept, recorded_by=by, kind=kind, lines=lines, postcode=" ".join(postcode.upper().split()),
        started_on=started_on, is_confidential=is_confidential, said_by=said_by[:200],
    )  # fmt: skip
    return audited("address_added", address, by)


@transaction.atomic
def correct_address(
    address: Address, *, by: User, because: str, expected: int | None = None, **changes: Any
) -> Address:
    """Return the corrected address. Raises VersionClash."""
    return _correct(address, "address_corrected", by, because, expected, changes)


@transaction.atomic
def record_disability(person: Person, *, by: User, code: str) -> Disability:
    """Return the disability recorded (code list `disability`); the one already there, if it is."""
    permissions.check_can("keep_people", by)
    kept = queries.survivor(person)
    known = Disability.current.filter(person_id__in=queries.same_person_ids(kept))
    same: Disability | None = known.filter(code=code).first()
    if same is not None:
        return same
    if known.exists() and "NONE" in {code, *known.values_list("code", flat=True)}:
        raise NotPossible(
            "“No disability” cannot stand beside a disability.", "Enter the wrong one in error first."
        )
    return audited(
        "disability_recorded", Disability.objects.create(person=kept, code=code, recorded_by=by), by
    )


@transaction.atomic
def untie(
    relationships: Sequence[Relationship],
    *,
    by: User,
    because: str,
    on: date | None = None,
    expected: Mapping[int, int | None] | None = None,
) -> list[Relationship]:
    """Return what both records said of how two people are tied, ended on a day; or never true, if none.

    It stays readable. `expected` has the id of the version that was seen of each, by its thread. Raises
    NotAllowed, NotPossible (no reason, a day to come, before it began, nothing to end), VersionClash.
    """
    policies.check_reason(because)
    policies.check_not_ahead(on)
    if not relationships:
        raise NotPossible("Nothing ties these two any more.", "Look again: somebody has mended it.")
    seen = expected or {}
    if on is None:
        return [
            enter_in_error(one, by=by, because=because, expected=seen.get(one.thread))
            for one in relationships
        ]
    return [
        end_relationship(one, by=by, on=on, because=because, expected=seen.get(one.thread))
        for one in relationships
    ]


@transaction.atomic
def enter_in_error(
    fact: versions.AnyFact, *, by: User, because: str, expected: int | None = None
) -> versions.AnyFact:
    """Return a fact of this room, taken out of the record because it was never true."""
    permissions.check_can("keep_people", by)
    policies.check_reason(because)
    return audited("entered_in_error", versions.enter_in_error(fact, because=because, expected=expected), by)


def _name(person: Person, *, by: User, given_names: str, family_name: str, **rest: Any) -> PersonName:
    given, family = " ".join(given_names.split()), " ".join(family_name.split())
    if not given and not family:
        raise NotPossible("There is no name here to add.", "Type a given name or a family name.")
    if max(len(given), len(family)) > 200:
        raise NotPossible(
            "This name is longer than 200 letters.", "Check that nothing else was pasted into it."
        )
    clean = {"given_names": given.replace("\x00", ""), "family_name": family.replace("\x00", "")}
    return PersonName.objects.create(person=person, recorded_by=by, **clean, **rest)


def _correct(
    fact: versions.AnyFact, act: str, by: User, because: str, expected: int | None, changes: dict[str, Any]
) -> versions.AnyFact:
    permissions.check_can("keep_people", by)
    policies.check_reason(because)
    started = changes.get("started_on", getattr(fact, "started_on", None))
    policies.check_spell(started, changes.get("ended_on", getattr(fact, "ended_on", None)))
    new = versions.supersede(
        fact, by=by, ended_as=Ending.CORRECTED, because=because, expected=expected, **changes
    )
    return audited(act, new, by)


def audited(act: str, fact: versions.AnyFact, by: User) -> versions.AnyFact:
    """`fact`, with its entry in the audit: which version is new, and which it replaced."""
    about = {
        "fact": fact._meta.label_lower,
        "version": fact.pk,
        "before": fact.supersedes and fact.supersedes.pk,
    }
    audit.record(act, by=by, person=fact.person_id, about=about)
    return fact


def _holders_of_same(identifier: Identifier) -> list[Person]:
    if identifier.kind == Identifier.Kind.UPN_UNKNOWN:
        return []
    same = Identifier.current.filter(
        kind=identifier.kind, value=identifier.value, authority=identifier.authority
    ).exclude(person=identifier.person)
    return [other.person for other in same.select_related("person")]
