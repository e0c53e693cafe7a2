"""People who came in and may be somebody the record already knows: put to a person to decide (D1)."""

from collections import defaultdict
from collections.abc import Iterable

from kith.record.access.models import Restriction
from kith.record.care.models import Adoption
from kith.record.care.queries import adopted_among
from kith.record.importer.incoming import Incoming
from kith.record.importer.known import in_chunks
from kith.record.people.models import Identifier, Person, PersonDetails
from kith.record.people.services import propose_match

UPN_LENGTH = 13


def propose_matches(came: Incoming) -> int:
    """Propose each pair who share a unique pupil number and do not differ in birth date; how many.

    A date of birth alone proposes nobody (twins and strangers share one). Nobody who was adopted, or
    whose adoption file is sealed, is proposed: that would tell of their new identity.
    """
    new = _upns(came.new_persons)
    if not new:
        return 0
    known = _holders(set().union(*new.values()))
    pairs = {
        (min(person, other), max(person, other), upn)
        for person, upns in new.items()
        for upn in upns
        for other in known[upn]
        if other != person
    }
    people = {person for first, second, _ in pairs for person in (first, second)}
    hidden, born = _never_proposed(people), _births(people)
    proposed = 0
    for first, second, _ in sorted(pairs):
        if first in hidden or second in hidden or not _may_be_one(born.get(first), born.get(second)):
            continue
        because = "The same unique pupil number, and no other birth date"
        proposed += propose_match(Person(pk=first), Person(pk=second), because=because) is not None
    return proposed


def _upns(persons: Iterable[int]) -> dict[int, set[str]]:
    found: dict[int, set[str]] = defaultdict(set)
    for chunk in in_chunks(sorted(persons)):
        ids = Identifier.current.filter(person_id__in=chunk, kind__in=("upn", "former_upn"))
        for person, value in ids.values_list("person_id", "value"):
            if len(value) == UPN_LENGTH:
                found[person].add(value)
    return found


def _holders(upns: set[str]) -> dict[str, set[int]]:
    holders: dict[str, set[int]] = defaultdict(set)
    for chunk in in_chunks(sorted(upns)):
        ids = Identifier.current.filter(kind__in=("upn", "former_upn"), value__in=chunk)
        for value, person in ids.values_list("value", "person_id"):
            holders[value].add(person)
    return holders


def _births(persons: set[int]) -> dict[int, object]:
    born: dict[int, object] = {}
    for chunk in in_chunks(sorted(persons)):
        details = PersonDetails.current.filter(person_id__in=chunk)
        born |= dict(details.values_list("person_id", "date_of_birth"))
    return born


def _may_be_one(first: object, second: object) -> bool:
    return first is None or second is None or first == second


def _never_proposed(persons: set[int]) -> set[int]:
    hidden: set[int] = set()
    for chunk in in_chunks(sorted(persons)):
        sealed = Restriction.objects.filter(
            person_id__in=chunk, kind=Restriction.Kind.SEALED_ADOPTION, lifted_at=None
        )
        told_adopted = Adoption.current.filter(person_id__in=chunk)
        for found in (sealed, told_adopted):
            hidden |= set(found.values_list("person_id", flat=True))
        hidden |= adopted_among(chunk)
    return hidden
