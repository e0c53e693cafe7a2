"""Ties between people are found from either side."""

import pytest

from kith.record.people.family import Tie, parents_among, ties_of
from kith.record.people.models import Person, Relationship

pytestmark = pytest.mark.django_db


def relate(person: Person, other: Person, kind: str, **more: object) -> Relationship:
    return Relationship.objects.create(person=person, other=other, kind=kind, **more)


def test_a_mother_finds_the_child_whose_record_names_her() -> None:
    child, mother = Person.objects.create(), Person.objects.create()
    relate(child, mother, "mother", has_parental_responsibility=True)
    assert ties_of(child) == [Tie(mother.pk, "mother", True)]
    assert ties_of(mother) == [Tie(child.pk, "own_child")]


def test_a_tie_told_from_both_sides_shows_once() -> None:
    one, two = Person.objects.create(), Person.objects.create()
    relate(one, two, "sibling")
    relate(two, one, "sibling")
    assert ties_of(one) == [Tie(two.pk, "sibling")]


def test_a_carer_does_not_get_the_child_as_their_own() -> None:
    child, carer = Person.objects.create(), Person.objects.create()
    relate(child, carer, "foster_carer")
    assert ties_of(carer) == []


def test_relatives_told_to_a_merged_record_are_still_theirs() -> None:
    kept, father = Person.objects.create(), Person.objects.create()
    merged = Person.objects.create(merged_into=kept)
    relate(merged, father, "father")
    assert ties_of(kept) == [Tie(father.pk, "father")]


def test_parents_are_found_among_the_people_asked_about_only() -> None:
    child, half, mother, father = (Person.objects.create() for _ in range(4))
    relate(child, mother, "mother")
    relate(half, mother, "mother")
    relate(child, father, "father")
    assert parents_among([child.pk, half.pk, mother.pk]) == [(mother.pk, child.pk), (mother.pk, half.pk)]
