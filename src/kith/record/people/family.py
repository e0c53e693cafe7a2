"""A person's relatives: whoever either record says is theirs, and who is whose parent among them."""

from collections.abc import Iterable
from dataclasses import dataclass

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
    found: dict[int, Tie] = {}
    for fact in Relationship.current.filter(person_id__in=own_ids, ended_on=None).order_by("id"):
        found.setdefault(fact.other_id, Tie(fact.other_id, fact.kind, fact.has_parental_responsibility))
    for fact in Relationship.current.filter(other_id__in=own_ids, ended_on=None).order_by("id"):
        if fact.kind in OTHER_WAY_ROUND:
            found.setdefault(fact.person_id, Tie(fact.person_id, OTHER_WAY_ROUND[fact.kind]))
    return [tie for other, tie in found.items() if other not in own_ids]


def parents_among(person_ids: Iterable[int]) -> list[tuple[int, int]]:
    """(parent, child) for each pair among these people that some record calls parent and child."""
    among = list(person_ids)
    pairs = Relationship.current.filter(
        person_id__in=among, other_id__in=among, kind__in=[*PARENTS, "own_child"]
    ).order_by("id")
    return list(
        dict.fromkeys(
            (pair.person_id, pair.other_id) if pair.kind == "own_child" else (pair.other_id, pair.person_id)
            for pair in pairs
        )
    )
