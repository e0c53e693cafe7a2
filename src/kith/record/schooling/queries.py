"""How a child is at school, on a day."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TypeVar

from kith.record.facts import is_in_force
from kith.record.people.models import Person
from kith.record.schooling.models import (
    HAS_NO_SCHOOL,
    Attendance,
    Exclusion,
    PlaceKind,
    SchoolPlace,
    SpecialNeed,
)
from kith.record.versions import current_facts

AnySpell = TypeVar("AnySpell", SchoolPlace, SpecialNeed)
A_YEAR = timedelta(days=365)


@dataclass(frozen=True)
class Schooling:
    """A child's schooling on a day: None or empty where nothing is on record.

    `exclusions` are those of the last 365 days, the newest first; `schools` how many schools the child has
    been at as far as the record tells.
    """

    place: SchoolPlace | None = None
    attendance: Attendance | None = None
    exclusions: list[Exclusion] = field(default_factory=list)
    special_need: SpecialNeed | None = None
    schools: int = 0

    @property
    def has_no_school(self) -> bool:
        """Whether the record says that the child is at no school, which someone has to mend."""
        return self.place is not None and self.place.kind in HAS_NO_SCHOOL

    @property
    def is_known(self) -> bool:
        """Whether anything at all is on record."""
        return bool(self.place or self.attendance or self.exclusions or self.special_need)


def schooling_of(person_ids: Iterable[int], on: date) -> Schooling:
    """The schooling of a child on a day, from all the records of theirs."""
    ids = [*person_ids]
    places, needs = current_facts(SchoolPlace, ids), current_facts(SpecialNeed, ids)
    attended = [fact for fact in current_facts(Attendance, ids) if fact.ended_on <= on]
    kept_out = [one for one in current_facts(Exclusion, ids) if on - A_YEAR < one.started_on <= on]
    return Schooling(
        place=_in_force(places, on),
        attendance=max(attended, key=lambda fact: fact.ended_on, default=None),
        exclusions=sorted(kept_out, key=lambda fact: fact.started_on, reverse=True),
        special_need=_in_force(needs, on),
        schools=len({_name(fact) for fact in places if _is_a_school(fact)}),
    )


def places_on(person_ids: Iterable[int], on: date) -> list[SchoolPlace]:
    """Where these people learn on a day, the latest begun first."""
    held = [fact for fact in current_facts(SchoolPlace, person_ids) if is_in_force(fact, on)]
    return sorted(held, key=lambda fact: fact.started_on or date.min, reverse=True)


def open_places(records: Iterable[Person]) -> list[SchoolPlace]:
    """Where a child learns as far as these records of theirs tell, whenever it began; the latest first."""
    return list(SchoolPlace.current.filter(person__in=records, ended_on=None).order_by("-started_on", "-pk"))


def open_special_needs(records: Iterable[Person]) -> list[SpecialNeed]:
    """What special needs a child has as far as these records of theirs tell; the latest first."""
    return list(SpecialNeed.current.filter(person__in=records, ended_on=None).order_by("-started_on", "-pk"))


def _in_force(facts: list[AnySpell], on: date) -> AnySpell | None:
    held = [fact for fact in facts if is_in_force(fact, on)]
    return max(held, key=lambda fact: fact.started_on or date.min, default=None)


def _is_a_school(place: SchoolPlace) -> bool:
    return place.kind in {PlaceKind.SCHOOL, PlaceKind.ALTERNATIVE} and bool(place.school)


def _name(place: SchoolPlace) -> str:
    return " ".join(place.school.casefold().split())
