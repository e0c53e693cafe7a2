"""Brothers and sisters among the people of a page, so that one thing due for all of them is one line."""

from collections.abc import Callable, Hashable, Iterable
from typing import TypeVar

from kith.record.people.family import BROTHERS_AND_SISTERS, PARENTS, relationships_of

One = TypeVar("One")
ONE_HOME = BROTHERS_AND_SISTERS | PARENTS | {"own_child"}


def families_among(person_ids: Iterable[int]) -> dict[int, int]:
    """A number for the family of each of these people: the same for brothers and sisters, and for parents.

    Only ties that the record holds count, and a tie through somebody who is not here counts too.
    """
    ids = list(person_ids)
    family = {pk: pk for pk in ids}

    def top(pk: int) -> int:
        while family[pk] != pk:
            pk = family[pk]
        return pk

    for tie in relationships_of(ids):
        if tie.kind in ONE_HOME and tie.ended_on is None:
            family.setdefault(tie.person_id, tie.person_id)
            family.setdefault(tie.other_id, tie.other_id)
            family[top(tie.other_id)] = top(tie.person_id)
    return {pk: top(pk) for pk in ids}


def once_for_family(
    each: Iterable[One], child_of: Callable[[One], int | None], same: Callable[[One], Hashable]
) -> list[list[One]]:
    """These things, those that are the `same` for brothers and sisters in one group, the first group first.

    What is about nobody known stands alone.
    """
    held = [(one, child_of(one)) for one in each]
    family = families_among({pk for _, pk in held if pk is not None}) if held else {}
    groups: dict[Hashable, list[One]] = {}
    for one, pk in held:
        groups.setdefault(id(one) if pk is None else (family[pk], same(one)), []).append(one)
    return list(groups.values())
