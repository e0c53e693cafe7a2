"""Ties between people are found from either side."""

from datetime import date

import pytest

from kith.record.people.family import Tie, household_children, parents_among, ties_of
from kith.record.people.models import Address, Person, Relationship

pytestmark = pytest.mark.django_db

DAY = date(2026, 11, 30)


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


class TestHouseholdChildren:
    """The other children to think of, whoever one began with."""

    @pytest.fixture
    def child(self, someone):
        return someone("Amira", "Khan", date_of_birth=date(2018, 2, 3))

    @pytest.fixture
    def mother(self, child, someone):
        mother = someone("Sana", "Khan", date_of_birth=date(1990, 1, 1))
        relate(child, mother, "mother")
        return mother

    @staticmethod
    def home(person: Person, lines: str = "1 Mill Row", **more: object) -> Address:
        return Address.objects.create(person=person, lines=lines, postcode="NB1 1AA", **more)

    def test_brothers_and_sisters_are_found_whoever_one_begins_with(self, child, mother, someone):
        brother = someone("Bilal", "Khan", date_of_birth=date(2015, 1, 1))
        baby = someone("Baby", "Khan", expected_date_of_birth=date(2027, 2, 1))
        half_sister = someone("Leila", "Rahman", date_of_birth=date(2012, 1, 1))
        relate(child, brother, "sibling")
        relate(baby, mother, "mother")  # told only on the baby's own record
        relate(half_sister, child, "half_sibling")
        assert household_children(child, DAY) == [half_sister.pk, brother.pk, baby.pk]
        assert household_children(mother, DAY) == [child.pk, baby.pk]
        assert household_children(baby, DAY) == [child.pk]

    def test_those_who_live_with_the_child_come_first(self, child, someone):
        elder = someone("Leila", "Rahman", date_of_birth=date(2012, 1, 1))
        brother = someone("Bilal", "Khan", date_of_birth=date(2020, 1, 1))
        for other in (elder, brother):
            relate(child, other, "sibling")
        self.home(child, is_confidential=True)
        self.home(brother, is_confidential=True)
        assert household_children(child, DAY) == [brother.pk, elder.pk]

    def test_a_shared_home_brings_in_a_child_of_no_known_tie_but_a_hidden_home_nobody(self, child, someone):
        cousin = someone("Zed", "Ash", date_of_birth=date(2016, 1, 1))
        home = self.home(child)
        self.home(cousin)
        assert household_children(child, DAY) == [cousin.pk]
        Address.objects.filter(pk=home.pk).update(is_confidential=True)
        assert household_children(child, DAY) == [] == household_children(cousin, DAY)

    def test_another_flat_of_the_same_postcode_is_another_home(self, child, someone):
        self.home(child)
        self.home(someone("Zed", "Ash", date_of_birth=date(2016, 1, 1)), lines="2 Mill Row")
        assert household_children(child, DAY) == []

    @pytest.mark.parametrize(
        "details",
        [
            {"date_of_birth": date(2008, 11, 30)},  # 18 today
            {"date_of_birth": date(2015, 1, 1), "date_of_death": date(2020, 1, 1)},
        ],
        ids=["grown up", "died"],
    )
    def test_nobody_grown_up_or_dead_is_offered(self, child, someone, details):
        relate(child, someone("Bilal", "Khan", **details), "sibling")
        assert household_children(child, DAY) == []

    def test_a_brother_is_a_child_the_day_before_he_is_18(self, child, someone):
        brother = someone("Bilal", "Khan", date_of_birth=date(2008, 12, 1))
        relate(child, brother, "sibling")
        assert household_children(child, DAY) == [brother.pk]

    def test_of_no_known_age_a_sister_counts_and_a_lodger_does_not(self, child, someone):
        sister, lodger = someone("Noor", "Khan"), someone("Di", "Moss")
        relate(child, sister, "sibling")
        relate(child, lodger, "household_member")
        assert household_children(child, DAY) == [sister.pk]

    def test_a_tie_that_ended_offers_nobody(self, child, someone):
        step = someone("Kai", "Moss", date_of_birth=date(2016, 1, 1))
        relate(child, step, "step_sibling", started_on=date(2020, 1, 1), ended_on=date(2024, 1, 1))
        assert household_children(child, DAY) == []

    def test_a_merged_brother_is_offered_once_as_kept(self, child, someone):
        kept = someone("Bilal", "Khan", date_of_birth=date(2015, 1, 1))
        merged = Person.objects.create(merged_into=kept)
        relate(child, merged, "sibling")
        relate(child, kept, "sibling")
        assert household_children(child, DAY) == [kept.pk]
