"""A family is put on record in one act, with what a return will ask."""

from datetime import date

import pytest

from kith.record.audit.models import Entry
from kith.record.people import local, queries, services
from kith.record.people.family import ties_of
from kith.record.people.models import (
    Address,
    Allocation,
    Disability,
    Identifier,
    MatchProposal,
    OwnAuthority,
    Person,
    Role,
)
from kith.record.people.services import NewHome, NewPerson, NewTie
from kith.record.refusals import NotAllowed, NotPossible

pytestmark = pytest.mark.django_db

DAY = date(2026, 11, 2)
HOME = NewHome("1 Mill Row", "nb1 1aa", is_confidential=False)


@pytest.fixture
def worker(staff):
    return staff(Role.DUTY_WORKER)


@pytest.fixture
def northbrook(db):
    return OwnAuthority.objects.create(code="299", name="Northbrook", started_on=date(2020, 1, 1))


def child(key, **details):
    more = {name: details.pop(name) for name in ("upn", "upn_unknown", "disabilities") if name in details}
    given = {"given_names": key, "family_name": "Khan", "date_of_birth": date(2018, 2, 3), **details}
    return NewPerson(key, is_child=True, details=given, **more)


MOTHER = NewPerson("Sana", is_child=False, details={"given_names": "Sana", "family_name": "Khan"})


def register(worker, *people, ties=(), address=HOME):
    return services.register_family(by=worker, people=people, ties=ties, address=address, on=DAY)


def upn_of(person):
    return Identifier.current.get(person=person, kind__startswith="upn").value


def test_a_family_is_registered_tied_and_at_home(worker, northbrook):
    made = register(worker, MOTHER, child("Amira"), ties=[NewTie("Amira", "Sana", "mother", True)])
    amira, sana = made["Amira"], made["Sana"]
    assert [(tie.person_id, tie.kind, tie.holds_responsibility) for tie in ties_of(amira)] == [
        (sana.pk, "mother", True)
    ]
    assert {home.postcode for home in Address.current.all()} == {"NB1 1AA"}
    assert queries.child_ids_of(amira) == {"299": "K000001"}
    assert queries.child_ids_of(sana) == {}
    assert Allocation.current.get().team.is_unallocated
    assert Allocation.current.get().person == amira
    assert Entry.objects.filter(act="family_registered").count() == 2


@pytest.mark.parametrize(
    "details, reason",
    [
        ({"date_of_birth": date(2021, 11, 3)}, "UN1"),  # five tomorrow
        ({"date_of_birth": date(2021, 11, 2)}, "UN4"),  # five today
        ({"date_of_birth": None, "expected_date_of_birth": date(2027, 2, 1)}, "UN1"),
        ({"date_of_birth": None}, "UN4"),  # nobody knows her age
        ({"upn_unknown": "UN3"}, "UN3"),
        ({"upn": "A123456789012"}, "A123456789012"),
    ],
)
def test_each_child_has_a_pupil_number_or_why_not(worker, northbrook, details, reason):
    assert upn_of(register(worker, child("Amira", **details))["Amira"]) == reason


def test_a_child_of_a_family_on_record_is_tied_to_it(worker, northbrook, someone):
    mother = someone("Sana", "Khan")
    made = register(worker, child("Baby"), ties=[NewTie("Baby", mother, "mother")], address=None)
    assert ties_of(made["Baby"])[0].person_id == mother.pk
    assert not Address.current.exists()


def test_who_lives_elsewhere_gets_no_home_here(worker, northbrook):
    father = NewPerson("Imran", is_child=False, lives_at_home=False, details={"given_names": "Imran"})
    made = register(worker, child("Amira"), father)
    assert set(Address.current.values_list("person", flat=True)) == {made["Amira"].pk}


def test_disabilities_are_kept(worker, northbrook):
    register(worker, child("Amira", disabilities=("NONE",)))
    assert Disability.current.get().code == "NONE"


def test_nobody_is_registered_where_one_part_cannot_be(worker, northbrook):
    with pytest.raises(NotPossible, match="not among these"):
        register(worker, child("Amira"), ties=[NewTie("Amira", "Sana", "mother")])
    with pytest.raises(NotPossible, match="under one name"):
        register(worker, child("Amira"), child("Amira"))
    assert not Person.objects.exists()


def test_it_needs_the_power_to_register_people(staff, northbrook):
    with pytest.raises(NotAllowed):
        register(staff(Role.ANALYST), child("Amira"))


class TestChildIds:
    def test_the_next_that_is_free_is_given_and_the_one_held_is_kept(self, worker, northbrook, someone):
        one, two = someone(), someone()
        services.add_identifier(two, by=worker, kind="child_id", value="K000002", authority="299")
        first = services.give_child_id(one, by=worker)
        assert first.value == "K000001" == services.give_child_id(one, by=worker).value
        assert services.give_child_id(someone(), by=worker).value == "K000003"
        assert services.give_child_id(two, by=worker).value == "K000002"

    def test_it_is_of_letters_and_digits_and_at_most_twenty(self, worker, northbrook, someone):
        northbrook.last_child_number = 2_000_000_000
        northbrook.save()
        value = services.give_child_id(someone(), by=worker).value
        assert value.isalnum() and value.isascii() and len(value) <= 20  # CIN rules 1570, 1580

    def test_where_the_authority_is_not_known_none_is_given(self, worker, someone):
        assert services.give_child_id(someone(), by=worker) is None

    def test_the_one_authority_whose_ids_are_held_is_taken_for_our_own(self, worker, someone):
        services.add_identifier(someone(), by=worker, kind="child_id", value="X1", authority="299")
        assert services.give_child_id(someone(), by=worker).authority == "299"
        assert local.own_authority().code == "299"
        assert Entry.objects.filter(act="own_authority_named", actor_id=None).exists()

    def test_of_two_authorities_none_is_guessed(self, worker, someone):
        for code in ("299", "300"):
            services.add_identifier(someone(), by=worker, kind="child_id", value="X1", authority=code)
        assert services.give_child_id(someone(), by=worker) is None

    def test_it_needs_the_power_to_register_people(self, staff, northbrook, someone):
        with pytest.raises(NotAllowed):
            services.give_child_id(someone(), by=staff(Role.ANALYST))


class TestBornTogether:
    @pytest.fixture
    def twins(self, worker, northbrook):
        made = register(
            worker, child("Yusuf"), child("Yunus"),
            ties=[NewTie("Yusuf", "Yunus", "sibling", is_born_together=True)],
        )  # fmt: skip
        return made["Yusuf"], made["Yunus"]

    def test_twins_are_never_proposed_as_one(self, twins):
        one, two = twins
        assert services.propose_match(one, two, because="Alike") is None
        assert services.propose_match(two, one, because="Alike") is None

    def test_neither_are_their_merged_records(self, twins, someone, staff):
        one, two = twins
        kept = someone("Yusuf", "Khan")
        services.merge(kept, one, by=staff(Role.TEAM_MANAGER), reason="One child")
        assert services.propose_match(kept, two, because="Alike") is None

    def test_a_question_that_waits_is_answered_by_saying_so(self, worker, someone):
        one, two = someone("Yusuf"), someone("Yunus")
        asked = services.propose_match(one, two, because="Alike")
        services.relate(two, one, by=worker, kind="sibling", is_born_together=True)
        asked.refresh_from_db()
        assert (asked.state, asked.decided_by) == (MatchProposal.State.DIFFERENT, worker)
        assert Entry.objects.filter(act="match_decided").count() == 2

    def test_brothers_of_other_days_may_be_one_child_written_down_twice(self, worker, someone):
        one, two = someone("Yusuf"), someone("Yunus")
        services.relate(two, one, by=worker, kind="sibling")
        assert services.propose_match(one, two, because="Alike") is not None
