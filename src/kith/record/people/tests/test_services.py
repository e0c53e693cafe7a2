"""Registering, correcting, relating, merging: each success, each refusal, each audit entry."""

from contextlib import nullcontext
from datetime import date

import pytest
from django.core import serializers
from django.db import IntegrityError

from kith.record import versions
from kith.record.audit.models import Entry
from kith.record.people import queries, services
from kith.record.people.models import (
    Address,
    Disability,
    Identifier,
    MatchProposal,
    Person,
    PersonDetails,
    PersonMerge,
    PersonName,
    Relationship,
    Role,
)
from kith.record.refusals import NotAllowed, NotPossible

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada(staff):
    return staff(Role.SOCIAL_WORKER)


@pytest.fixture
def manager(staff):
    return staff(Role.TEAM_MANAGER)


@pytest.fixture
def analyst(staff):
    return staff(Role.ANALYST)


def acts() -> list[str]:
    return list(Entry.objects.order_by("id").values_list("act", flat=True))


def test_a_person_is_registered_with_name_details_and_entry(ada):
    person = services.register_person(
        by=ada, given_names=" Amira  Jane ", family_name="Khan", date_of_birth=date(2018, 3, 2), sex="F"
    )
    assert queries.name_of(person) == "Amira Jane Khan"
    assert PersonDetails.current.get().date_of_birth == date(2018, 3, 2)
    assert acts() == ["person_registered"]


def test_a_person_with_no_name_shows_by_child_id(ada):
    person = services.register_person(by=ada)
    services.add_identifier(person, by=ada, kind="child_id", value="12345", authority="999")
    assert queries.name_of(person) == "Child 12345"
    assert queries.person_for_child_id("999", "12345") == person
    assert queries.person_for_child_id("998", "12345") is None


def test_a_role_without_the_power_registers_nobody(analyst):
    with pytest.raises(NotAllowed, match="register people"):
        services.register_person(by=analyst, family_name="Khan")
    assert not Person.objects.exists()


def test_somebody_who_left_may_do_nothing(ada):
    ada.is_active = False
    with pytest.raises(NotAllowed):
        services.register_person(by=ada, family_name="Khan")


@pytest.mark.parametrize(
    "born, why",
    [(date(2999, 1, 1), "still to come"), (date(1900, 1, 1), "stand for")],  # a stand-in date
)
def test_a_date_of_birth_that_cannot_be_is_refused(ada, born, why):
    with pytest.raises(NotPossible, match=why):
        services.register_person(by=ada, family_name="Khan", date_of_birth=born)


def test_an_unborn_child_has_an_expected_date(ada):
    person = services.register_person(by=ada, expected_date_of_birth=date(2999, 1, 1), sex="U")
    details = PersonDetails.current.get(person=person)
    assert (details.date_of_birth, details.date_of_birth_precision) == (None, "unknown")


def test_hostile_names_are_kept_as_words(ada):
    person = services.register_person(
        by=ada, given_names="<script>alert(1)</script>", family_name="'; --\x00"
    )
    assert queries.name_of(person) == "<script>alert(1)</script> '; --"
    with pytest.raises(NotPossible, match="longer than 200"):
        services.add_name(person, by=ada, given_names="x" * 201, family_name="")


def test_a_change_of_legal_name_keeps_the_old_as_previous(ada):
    person = services.register_person(by=ada, given_names="Amira", family_name="Khan")
    services.change_legal_name(person, by=ada, given_names="Amira", family_name="Osei", on=date(2025, 5, 1))
    assert queries.name_of(person) == "Amira Osei"
    old = PersonName.current.get(kind="previous")
    assert (old.family_name, old.ended_on) == ("Khan", date(2025, 5, 1))


def test_a_correction_keeps_the_old_and_needs_a_reason(ada, someone):
    person = someone("Amira", "Kahn")
    name = PersonName.current.get()
    with pytest.raises(NotPossible, match="needs a reason"):
        services.correct_name(name, by=ada, because=" ", family_name="Khan")
    services.correct_name(name, by=ada, because="Misspelt", family_name="Khan")
    assert queries.name_of(person) == "Amira Khan"
    assert PersonName.objects.count() == 2
    assert Entry.objects.get(act="name_corrected").about["before"] == name.pk


def test_two_workers_correcting_the_same_details_see_the_clash(ada, manager, someone):
    person = someone("Amira", "Khan")
    seen = PersonDetails.current.get().pk
    services.correct_details(person, by=ada, because="Asked her", expected=seen, sex="F")
    with pytest.raises(versions.VersionClash, match="Worker"):
        services.correct_details(person, by=manager, because="Guess", expected=seen, sex="M")
    assert PersonDetails.current.get().sex == "F"
    assert acts() == ["details_corrected"]


def test_moving_ends_the_address_before(ada, someone):
    person = someone("Amira", "Khan")
    services.live_at(
        person,
        by=ada,
        lines="1 Elm Row",
        postcode="nb1 1aa",
        started_on=date(2024, 1, 1),
        is_confidential=False,
    )
    services.live_at(person, by=ada, postcode="NB2 2BB", started_on=date(2025, 1, 1), is_confidential=True)
    old, new = Address.current.order_by("started_on")
    assert (old.postcode, old.ended_on, new.ended_on) == ("NB1 1AA", date(2025, 1, 1), None)
    assert queries.shown([person.pk])[person.pk].district == ""  # hidden


@pytest.mark.parametrize(("ended_on", "is_kept"), [(date(2026, 3, 2), True), (date(2026, 3, 1), False)])
def test_the_database_keeps_a_spell_of_a_day_and_none_that_ends_before_it_began(someone, ended_on, is_kept):
    spell = {"person": someone("Amira"), "started_on": date(2026, 3, 2), "ended_on": ended_on}
    with nullcontext() if is_kept else pytest.raises(IntegrityError, match="address_ends_after_start"):
        Address.objects.create(**spell)


def test_an_end_before_its_start_is_refused(ada, someone):
    with pytest.raises(NotPossible, match="before it began"):
        services.add_name(
            someone(), by=ada, given_names="A", family_name="B",
            started_on=date(2025, 1, 2), ended_on=date(2025, 1, 1),
        )  # fmt: skip


def test_relating_tells_both_files(ada, someone):
    child, mother = someone("Amira", "Khan"), someone("Sana", "Khan")
    services.relate(child, mother, by=ada, kind="mother", has_parental_responsibility=True)
    assert Relationship.current.get().other == mother
    assert set(Entry.objects.values_list("person_id", flat=True)) == {child.pk, mother.pk}
    with pytest.raises(NotPossible, match="own relative"):
        services.relate(child, child, by=ada, kind="sibling")


def test_a_disability_is_recorded_once_and_never_beside_none(ada, someone):
    child = someone("Amira", "Khan")
    first = services.record_disability(child, by=ada, code="HEAR")
    assert services.record_disability(child, by=ada, code="HEAR") == first
    with pytest.raises(NotPossible, match="cannot stand beside"):
        services.record_disability(child, by=ada, code="NONE")
    services.enter_in_error(first, by=ada, because="Wrong child")
    services.record_disability(child, by=ada, code="NONE")
    assert list(Disability.current.values_list("code", flat=True)) == ["NONE"]


def everything() -> set[str]:
    """All that is recorded of persons, as text."""
    models = [Person, PersonName, PersonDetails, Identifier, Address, Relationship, Disability]
    return {serializers.serialize("json", [row]) for model in models for row in model.objects.all()}


def test_undoing_a_merge_restores_everything(manager, ada, someone):
    one, two = someone("Amira", "Khan"), someone("Ameera", "Kahn")
    services.add_identifier(two, by=ada, kind="upn", value="A1")
    services.relate(two, someone("Sana", "Khan"), by=ada, kind="mother")
    before = everything()
    made = services.merge(one, two, by=manager, reason="Same birth certificate")
    two.refresh_from_db()
    assert queries.survivor(two) == one
    assert queries.same_person_ids(two) == [one.pk, two.pk]
    assert queries.name_of(two) == "Amira Khan"
    services.unmerge(made, by=manager, because="Cousins")
    assert everything() == before
    assert acts()[-4:] == ["person_merged", "person_merged", "merge_undone", "merge_undone"]
    with pytest.raises(NotPossible, match="undone already"):
        services.unmerge(made, by=manager, because="Again")


@pytest.mark.parametrize(
    "over", [{"date_of_death": date(2026, 3, 2)}, {"pregnancy_ended_on": date(2026, 3, 2)}]
)
def test_a_death_on_one_of_two_records_alone_is_lost_in_no_merge(manager, ada, someone, over):
    one, two = someone("Amira", "Khan"), someone("Ameera", "Kahn")
    services.correct_details(two, by=ada, because="Told by the hospital", **over)
    for kept, merged in ((one, two), (two, one)):
        with pytest.raises(NotPossible, match="on one of these records alone"):
            services.merge(kept, merged, by=manager, reason="One girl")
    services.correct_details(one, by=ada, because="She is one girl", **over)
    assert services.merge(one, two, by=manager, reason="One girl").kept == one


def test_merges_in_a_row_come_apart_one_by_one(manager, someone):
    one, two, three = someone("A", "B"), someone("A", "B"), someone("A", "B")
    first = services.merge(two, three, by=manager, reason="Same")
    services.merge(one, two, by=manager, reason="Same")
    assert queries.same_person_ids(Person.objects.get(pk=three.pk)) == [one.pk, two.pk, three.pk]
    services.unmerge(first, by=manager, because="Not the same")
    assert queries.same_person_ids(one) == [one.pk, two.pk]
    assert queries.survivor(Person.objects.get(pk=three.pk)) == three


def test_a_record_is_merged_once_at_a_time(manager, someone):
    one, two = someone(), someone()
    services.merge(one, two, by=manager, reason="Same")
    with pytest.raises(NotPossible, match="already one record"):
        services.merge(two, one, by=manager, reason="Same")
    with pytest.raises(IntegrityError):
        PersonMerge.objects.create(kept=one, merged=two, reason="Same", merged_by=manager)


def test_a_social_worker_proposes_and_a_manager_decides(ada, manager, someone):
    one, two = someone("Amira", "Khan"), someone("Ameera", "Khan")
    for person in (one, two):
        services.add_identifier(person, by=ada, kind="upn", value="A123456789012")
    proposal = MatchProposal.objects.get()
    with pytest.raises(NotAllowed):
        services.decide_match(proposal, by=ada, same=True, reason="Same school")
    merged = services.decide_match(proposal, by=manager, same=True, reason="Same school")
    assert {merged.kept, merged.merged} == {one, two}
    with pytest.raises(NotPossible, match="decided this already"):
        services.decide_match(proposal, by=manager, same=False, reason="No")


def test_twins_decided_different_stay_two_and_are_not_asked_again(manager, someone):
    one, two = someone("Ana", "Ray"), someone("Ava", "Ray")
    proposal = services.propose_match(one, two, because="Same surname and date of birth")
    assert services.decide_match(proposal, by=manager, same=False, reason="Twins") is None
    assert services.propose_match(two, one, because="Again").state == MatchProposal.State.DIFFERENT
    assert MatchProposal.objects.count() == 1


def test_an_adopted_childs_new_identity_is_never_proposed_or_merged(ada, manager, someone):
    new = services.register_person(by=ada, given_names="Amy", family_name="Lane", is_new_identity=True)
    old = someone("Amira", "Khan")
    for person in (old, new):
        services.add_identifier(person, by=ada, kind="nhs", value="9990001111")
    assert services.propose_match(old, new, because="Looks alike") is None
    assert not MatchProposal.objects.exists()
    with pytest.raises(NotPossible, match="cannot be merged"):
        services.merge(old, new, by=manager, reason="Looks alike")
