"""Children named together are tied as whoever told us said it, and live where they said; twins stay two."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from kith.record.frontdoor import services as frontdoor
from kith.record.frontdoor.models import Message
from kith.record.frontdoor.services import Named
from kith.record.pathway.deciding_contacts import decide_contact
from kith.record.pathway.urgent import start_urgently
from kith.record.people.family import household_children, ties_of
from kith.record.people.models import Address, MatchProposal, Person, Relationship
from kith.record.people.queries import homes_of

BORN = date(2020, 5, 14)
SANA, SAMA = (Named(name, "Khan", is_new=True, sex="F", date_of_birth=BORN) for name in ("Sana", "Sama"))
BABY = Named(said_as="A baby", is_new=True, expected_date_of_birth=date.today() + timedelta(days=40))


@pytest.fixture
def decided(worker, manager):
    def make(*children, decision="assess", **told):
        given = {"what_was_said": "Cold.", "way": "phone", "source": "2A", "teller_name": "Mrs Bell", **told}
        message = frontdoor.write_message(children=children, by=worker, **given)
        return decide_contact(
            message=message, decision=decision, threshold="4", reason="Cold.", consent_position="agree",
            lawful_basis="help", by=manager,
        )  # fmt: skip

    return make


def test_new_brothers_and_sisters_are_tied_to_each_other_and_to_the_one_on_record(decided, amira):
    done = decided(Named(person=amira), SANA, BABY, together="siblings")
    sana, baby = done.registered
    assert {tie.person_id for tie in ties_of(sana)} == {amira.pk, baby.pk}
    assert {tie.kind for tie in ties_of(amira)} == {"sibling"}
    assert Relationship.current.count() == 3
    today = timezone.localdate()
    assert set(household_children(amira, today)) == {sana.pk, baby.pk}


def test_who_told_it_stands_there_and_names_nobody_and_nobody_has_checked(decided):
    decided(SANA, Named("Omar", "Khan", is_new=True), together="siblings")
    [tie] = Relationship.current.all()
    assert tie.said_by.startswith("School, ") and tie.said_by.endswith("not checked")
    assert "Bell" not in tie.said_by
    decided(
        Named("Ida", "Bo", is_new=True), Named("Isa", "Bo", is_new=True), together="siblings", source="1B"
    )
    assert Relationship.current.order_by("-pk").first().said_by.startswith("somebody who told us, ")


def test_twins_with_names_alike_stay_two_and_nobody_proposes_them_as_one(decided):
    done = decided(SANA, SAMA, together="siblings")
    assert len({one.pk for one in done.registered}) == 2
    assert Relationship.current.get().is_born_together
    assert {one.state for one in MatchProposal.objects.all()} <= {MatchProposal.State.DIFFERENT}
    assert not Person.objects.exclude(merged_into=None).exists()


def test_two_of_one_birthday_who_are_no_family_are_never_called_twins(decided):
    decided(SANA, Named("Ida", "Bo", is_new=True, date_of_birth=BORN), together="household")
    assert (Relationship.current.get().kind, Relationship.current.get().is_born_together) == (
        "household_member", False,
    )  # fmt: skip


@pytest.mark.parametrize("together", ["", "apart"])
def test_nobody_is_tied_where_nobody_said_so_whatever_their_names(decided, together):
    decided(SANA, SAMA, together=together)
    assert not Relationship.objects.exists()


def test_those_on_record_already_are_tied_by_nobodys_word(decided, amira, someone):
    decided(Named(person=amira), Named(person=someone("Noor", "Khan")), together="siblings")
    assert not Relationship.objects.exists()


def test_the_address_is_theirs_with_its_source_and_nobody_elses_changes(decided, amira):
    done = decided(
        Named(person=amira), SANA, SAMA, home="12 Elm Road, Northbrook NB1 4XY", is_home_hidden=False
    )
    found = homes_of([one.pk for one in done.registered], timezone.localdate())
    assert {(one.lines, one.postcode) for one in found} == {("12 Elm Road, Northbrook", "NB1 4XY")}
    assert {one.said_by.partition(",")[0] for one in found} == {"School"}
    assert not Address.current.filter(person=amira).exists()


@pytest.mark.parametrize(("hidden", "written"), [(True, [True]), (False, [False]), (None, [])])
def test_an_address_is_hidden_where_that_was_said_and_nobodys_where_nobody_said(decided, hidden, written):
    decided(SANA, home="Refuge, 1 Oak Lane", is_home_hidden=hidden)
    assert list(Address.current.values_list("is_confidential", flat=True)) == written


def test_nothing_is_written_of_anybody_by_a_decision_that_begins_nothing(decided):
    decided(SANA, SAMA, decision="nothing", together="siblings", home="12 Elm Road", is_home_hidden=False)
    assert not Person.objects.exists() and not Relationship.objects.exists()


def test_at_night_they_are_tied_as_well(worker):
    frontdoor.write_message(
        children=[SANA, BABY], what_was_said="Hit.", way="phone", source="6", by=worker, together="siblings"
    )
    done = start_urgently(message=Message.current.get(), suspected_harm="Hit.", by=worker)
    assert Relationship.current.count() == 1 and len(done.registered) == 2
