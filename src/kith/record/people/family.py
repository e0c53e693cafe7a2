"""A person's relatives: whoever either record says is theirs, and who is whose parent among them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from kith.record.facts import is_in_force
from kith.record.once import once_for_each
from kith.record.people.models import Address, Person, PersonDetails, Relationship
from kith.record.people.queries import homes_of, kept_ids, merged_under, same_person_ids
from kith.record.versions import current_facts
from kith.standards.limits import is_child

PARENTS = frozenset({"mother", "father", "parent_pr", "adoptive_parent"})

BROTHERS_AND_SISTERS = frozenset({"sibling", "half_sibling", "step_sibling"})

# What the first person is to the second, where the record only says what the second is to the first.
OTHER_WAY_ROUND = {
    **dict.fromkeys([*PARENTS, "step_parent"], "own_child"),
    "own_child": "parent_pr",
    "sibling": "sibling",
    "half_sibling": "half_sibling",
    "step_sibling": "step_sibling",
    "cousin": "cousin",
    "household_member": "household_member",
    "family_friend": "family_friend",
}


@dataclass(frozen=True)
class Tie:
    """`person_id` is `kind` to the child; `holds_responsibility` is None where nobody said.

    `said_by` is who told of the tie, where nobody has checked it.
    """

    person_id: int
    kind: str
    holds_responsibility: bool | None = None
    said_by: str = ""


def ties_of(person: Person) -> list[Tie]:
    """Everyone tied to `person`, each once; what their own record says comes before what another's says."""
    own_ids = same_person_ids(person)
    lasting = [fact for fact in relationships_of(own_ids) if fact.ended_on is None]
    found: dict[int, Tie] = {}
    for fact in (fact for fact in lasting if fact.person_id in own_ids):
        found.setdefault(
            fact.other_id, Tie(fact.other_id, fact.kind, fact.has_parental_responsibility, fact.said_by)
        )
    for fact in (fact for fact in lasting if fact.other_id in own_ids):
        if fact.kind in OTHER_WAY_ROUND:
            found.setdefault(
                fact.person_id, Tie(fact.person_id, OTHER_WAY_ROUND[fact.kind], None, fact.said_by)
            )
    return [tie for other, tie in found.items() if other not in own_ids]


def told_of_tie(person: Person, other_id: int) -> list[Relationship]:
    """Everything that either record says of how these two are tied and that has not ended."""
    own, others = set(same_person_ids(person)), set(same_person_ids(Person(pk=other_id)))
    return [
        fact
        for fact in relationships_of(own)
        if fact.ended_on is None
        and (
            (fact.person_id in own and fact.other_id in others)
            or (fact.person_id in others and fact.other_id in own)
        )
    ]


def relationships_of(person_ids: Iterable[int]) -> list[Relationship]:
    """Every relationship, lasting or ended, told of these people or to them, the first recorded first."""
    found = once_for_each("relationships", person_ids, _ask_relationships)
    each_once = {fact.pk: fact for facts in found.values() for fact in facts}
    return [each_once[pk] for pk in sorted(each_once)]


def _ask_relationships(person_ids: list[int]) -> dict[int, list[Relationship]]:
    found: dict[int, list[Relationship]] = {pk: [] for pk in person_ids}
    told = Q(person_id__in=person_ids) | Q(other_id__in=person_ids)
    for fact in Relationship.current.filter(told):
        for pk in {fact.person_id, fact.other_id} & found.keys():
            found[pk].append(fact)
    return found


def parents_among(person_ids: Iterable[int]) -> list[tuple[int, int]]:
    """(parent, child) for each pair among these people that some record calls parent and child."""
    among = set(person_ids)
    pairs = (
        fact
        for fact in relationships_of(among)
        if fact.kind in PARENTS | {"own_child"} and {fact.person_id, fact.other_id} <= among
    )
    return list(
        dict.fromkeys(
            (pair.person_id, pair.other_id) if pair.kind == "own_child" else (pair.other_id, pair.person_id)
            for pair in pairs
        )
    )


def household_children(person: Person, on: date) -> list[int]:
    """The kept ids of the other children of `person`'s family and home, born or not, alive and under 18.

    Brothers and sisters (half and step too), a parent's children, own children, and whoever lives at the
    same home. Those who live with `person` come first, then the eldest; the unborn last. A home that is
    hidden finds nobody. A brother or sister whose age nobody knows counts as a child, somebody else does not.
    """
    own = same_person_ids(person)
    near, further = _children_around(own, on)
    kept = kept_ids([*near, *further])
    under = merged_under(dict.fromkeys(pk for pk in kept.values() if pk not in own))
    root = {pk: kept for kept, ids in under.items() for pk in ids}
    born = _births({**root, **dict.fromkeys(own, own[0])})
    homes = _homes({**root, **dict.fromkeys(own, own[0])}, on)
    ageless = {kept[pk] for pk in near}
    children = [pk for pk in under if _is_child(born.get(pk), on, if_ageless=pk in ageless)]
    here = homes.get(own[0], ("", ""))
    return sorted(
        children,
        key=lambda pk: (not (any(here) and homes.get(pk) == here), _birth(born.get(pk)), pk),
    )


def eldest_first(person_ids: Iterable[int]) -> list[int]:
    """These people, the eldest first, those without a birth date after them, the unborn last.

    Those of one day stay in the order given.
    """
    ids = [*dict.fromkeys(person_ids)]
    under = merged_under(ids)
    born = _births({pk: kept for kept, own in under.items() for pk in own})
    return sorted(ids, key=lambda pk: (_is_unborn(born.get(pk)), _birth(born.get(pk))))


def _is_unborn(details: PersonDetails | None) -> bool:
    return bool(details and details.expected_date_of_birth and details.date_of_birth is None)


def _children_around(own: list[int], on: date) -> tuple[list[int], list[int]]:
    """The ids of whoever a tie makes a brother, a sister or an own child, and of those a home brings in."""
    ties = _ties_on(own, on)
    parents = [pk for pk, kind in ties if kind in PARENTS]
    of_parents = [pk for pk, kind in _ties_on(parents, on) if kind == "own_child"]
    near = [pk for pk, kind in ties if kind in BROTHERS_AND_SISTERS | {"own_child"}]
    of_home = [pk for pk, kind in ties if kind == "household_member"]
    return [*near, *of_parents], [*of_home, *_living_with(own, on)]


def _ties_on(person_ids: Iterable[int], on: date) -> list[tuple[int, str]]:
    """(who, what they are) for everybody tied to one of these records on a day."""
    asked = set(person_ids)
    facts = [fact for fact in relationships_of(asked) if is_in_force(fact, on)]
    told = [(fact.other_id, fact.kind) for fact in facts if fact.person_id in asked]
    return told + [
        (fact.person_id, OTHER_WAY_ROUND[fact.kind])
        for fact in facts
        if fact.other_id in asked and fact.kind in OTHER_WAY_ROUND
    ]


def _living_with(own: list[int], on: date) -> list[int]:
    """The ids of those whose home is told by the same words as that of these records; never a hidden one."""
    homes = [home for home in homes_of(own, on) if home.postcode and home.lines and not home.is_confidential]
    if not homes:
        return []
    same = Address.current.filter(
        kind="home", is_confidential=False, postcode=homes[0].postcode, lines__iexact=homes[0].lines
    )
    return [each.person_id for each in same if is_in_force(each, on)]


def _births(root: Mapping[int, int]) -> dict[int, PersonDetails]:
    return {root[one.person_id]: one for one in current_facts(PersonDetails, root)}


def _homes(root: Mapping[int, int], on: date) -> dict[int, tuple[str, str]]:
    found: dict[int, tuple[str, str]] = {}
    for home in homes_of(root, on):
        found.setdefault(root[home.person_id], (home.lines.casefold(), home.postcode))
    return found


def _birth(details: PersonDetails | None) -> date:
    known = details and (details.date_of_birth or details.expected_date_of_birth)
    return known or date.max


def _is_child(details: PersonDetails | None, on: date, *, if_ageless: bool) -> bool:
    """Whether they are alive and under 18, or not yet born; `if_ageless` where nobody knows."""
    if details and details.pregnancy_ended_on:
        return False
    if details is None or (details.date_of_birth is None and details.date_of_death is None):
        return if_ageless or bool(details and details.expected_date_of_birth)
    if details.date_of_death is not None or details.date_of_birth is None:
        return False
    return is_child(details.date_of_birth, on)
