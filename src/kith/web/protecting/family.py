"""The children of one family that a page of protection is about, and what is known of each."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.http import HttpRequest

from kith.record.access.looking import family_to_choose
from kith.record.pathway.known import Known, known_of
from kith.record.people.models import Person
from kith.record.people.queries import Shown, merged_under, same_person_ids
from kith.record.protection.models import ProtectionPlan
from kith.record.protection.queries import plans_of
from kith.web.templatetags.kith import age
from kith.web.who_may import user_of


@dataclass(frozen=True)
class Family:
    """Those whose record the reader may open, by kept id; and the names of those somebody else works with."""

    children: dict[int, Shown]
    others: list[str] = field(default_factory=list)

    @property
    def options(self) -> list[tuple[int, str]]:
        """Each child as one to choose."""
        return [(pk, in_short(child)) for pk, child in self.children.items()]

    def persons(self, ids: Iterable[int]) -> list[Person]:
        """The children with these ids, in the family's order; nobody who is not of this family."""
        wanted = set(ids)
        return [Person(pk=pk) for pk in self.children if pk in wanted]

    def shown(self, ids: Iterable[int]) -> list[Shown]:
        wanted = set(ids)
        return [child for pk, child in self.children.items() if pk in wanted]


@dataclass(frozen=True)
class KnownChild:
    """What is known of one child before today, as the page of an act says it."""

    name: str
    known: Known


def in_short(child: Shown) -> str:
    """A name with the age, or that the child is not born yet."""
    if child.date_of_birth:
        return f"{child.name}, {age(child.date_of_birth)}"
    return f"{child.name}, not born yet" if child.expected_date_of_birth else f"{child.name}, age not known"


def family_of(request: HttpRequest, person: Person, where: str) -> Family:
    """The children of this person's family and home, each name written down as shown."""
    choices = family_to_choose(user_of(request), person, where)
    return Family(
        {pk: one.person for pk, one in choices.items() if one.can_open},
        [one.person.name for one in choices.values() if not one.can_open],
    )


def records_of(person: Person) -> list[Person]:
    """A child's record with those merged into it: what was written under one of them is the child's."""
    return [Person(pk=pk) for pk in same_person_ids(person)]


def plans_in_force(kept: Iterable[int], on: date) -> dict[int, ProtectionPlan]:
    """The protection plan in force for each of these children that has one, by kept id."""
    whose = {pk: child for child, ids in merged_under(kept).items() for pk in ids}
    return {whose[plan.person_id]: plan for plan in plans_of(whose, on)}


def known_here(children: Mapping[int, Shown], on: date) -> list[KnownChild]:
    """What help each child had and what came before, help first."""
    known = known_of(children, on)
    return [KnownChild(child.name, known[pk]) for pk, child in children.items()]
