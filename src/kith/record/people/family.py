"""A person's relatives: whoever either record says is theirs, and who is whose parent among them."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from kith.record.once import once_for_each
from kith.record.people.models import Person, Relationship
from kith.record.people.queries import same_person_ids

PARENTS = frozenset({"mother", "father", "parent_pr", "adoptive_parent"})

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
    """`person_id` is `kind` to the child; `holds_responsibility` is None where nobody said."""

    person_id: int
    kind: str
    holds_responsibility: bool | None = None


def ties_of(person: Person) -> list[Tie]:
    """Everyone tied to `person`, each once; what their own record says comes before what another's says."""
    own_ids = same_person_ids(person)
    lasting = [fact for fact in relationships_of(own_ids) if fact.ended_on is None]
    found: dict[int, Tie] = {}
    for fact in (fact for fact in lasting if fact.person_id in own_ids):
        found.setdefault(fact.other_id, Tie(fact.other_id, fact.kind, fact.has_parental_responsibility))
    for fact in (fact for fact in lasting if fact.other_id in own_ids):
        if fact.kind in OTHER_WAY_ROUND:
            found.setdefault(fact.person_id, Tie(fact.person_id, OTHER_WAY_ROUND[fact.kind]))
    return [tie for other, tie in found.items() if other not in own_ids]


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
