"""The demonstration is filled once and wholly, and everybody in it has work that they may open."""

from datetime import date

import pytest
from django.db import transaction

from kith.insight.answers import answer
from kith.insight.catalogue import indicators_called
from kith.insight.periods import twelve_months_to
from kith.invented import authority as invented
from kith.invented.frames import dataset_of
from kith.invented.tests.made import MadePostcodes
from kith.record.access.models import Restriction
from kith.record.access.permissions import can_open
from kith.record.assessment.models import FamilyAssessment
from kith.record.centres.matching import services_for
from kith.record.extract.mapping import FACTS
from kith.record.figures.comparisons import held
from kith.record.figures.queries import facts_of, newest
from kith.record.frontdoor.models import Message
from kith.record.help.models import HelpRequest
from kith.record.importer.models import Reject, SourceRow
from kith.record.people.models import Address, Allocation, Person, PersonDetails, User
from kith.record.visits.models import Visit
from kith.web import demo_days, demo_work, serve
from kith.web.demo import DEMO_PEOPLE

invent = invented.invent


def quiet(stage: str, done: int, of: int) -> None:
    """Tell nobody how far it is."""


@pytest.fixture(scope="module")
def made():
    """Northbrook with few children, and made postcodes, so that nothing has to be set up first."""
    return invent(60, 2, 1, date.today(), MadePostcodes())


@pytest.fixture
def small(made, monkeypatch):
    monkeypatch.setattr(invented, "invent", lambda *_, **__: made)
    return made


@pytest.fixture(scope="module")
def filled_once(made, django_db_setup, django_db_blocker):
    """A record filled once for the tests that follow, each of which is rolled back to it."""
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch, transaction.atomic():
        patch.setattr(invented, "invent", lambda *_, **__: made)
        serve.fill_with_an_invented_authority(quiet)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def filled(filled_once, small, db):
    return small


def of(name: str) -> User:
    return User.objects.get(name=name)


def held_by(name: str) -> list[Person]:
    mine = Allocation.current.filter(worker=of(name), ended_on=None).select_related("person")
    return [allocation.person for allocation in mine]


# Stands first: it begins with an empty record, before the others share a filled one.
def test_a_start_killed_half_way_leaves_nothing_and_the_next_is_whole(small, db, monkeypatch):
    def killed() -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as half_way:
        half_way.setattr(demo_work, "settle_demo_people", killed)
        with pytest.raises(KeyboardInterrupt):
            serve.fill_with_an_invented_authority(quiet)
    assert not Person.objects.exists() and not SourceRow.objects.exists()
    serve.fill_with_an_invented_authority(quiet)
    assert held_by("Sade Bankole")
    assert User.objects.filter(email__in=[person.email for person in DEMO_PEOPLE]).count() == len(DEMO_PEOPLE)


def test_the_whole_diary_is_in_the_record_and_nothing_was_left_out(filled):
    registered = [act for act in filled.diary if act.act == "register_person"]
    assert Person.objects.count() == len(registered)
    assert not Reject.objects.exists()
    languages = {act.facts["first_language"] for act in registered} - {""}
    assert set(PersonDetails.current.values_list("first_language", flat=True)) - {""} == languages
    hidden = {act.person for act in filled.diary if act.act == "live_at" and act.facts["is_confidential"]}
    found = Address.current.filter(is_confidential=True).values_list("person_id", flat=True)
    assert len(set(found)) == len(hidden)


def test_no_link_from_fact_to_fact_leads_nowhere(filled):
    models = {table.table: table.model for table in FACTS}
    checked = 0
    for table in FACTS:
        for link in table.links:
            facts = table.of(table.model.current.exclude(**{link.field: None}))
            linked = set(facts.values_list(link.field, flat=True))
            there = set(models[link.table].current.values_list("thread", flat=True))
            assert linked <= there, f"{table.table}.{link.field}"
            checked += len(linked)
    assert checked > 100


def test_named_workers_hold_the_children_and_those_who_left_hold_none(filled):
    given = Allocation.current.exclude(worker=None).exclude(worker_reference="")
    assert given.count() == dataset_of(filled)["ssd_involvements"].height
    assert not Allocation.current.filter(ended_on=None, worker__is_active=False).exists()
    waiting = Allocation.current.filter(team__is_unallocated=True, ended_on=None)
    worked_with = Allocation.current.filter(ended_on=None).exclude(worker=None).values("person_id")
    assert waiting.exists() and not waiting.filter(person_id__in=worked_with).exists()


@pytest.mark.parametrize("name", ["Sade Bankole", "Kit Farrow", "Marcus Odell", "Agnes Nowak"])
def test_each_has_children_whose_records_they_may_open(filled, name):
    children = held_by(name)
    assert children and all(can_open(of(name), child) for child in children)


def test_the_manager_may_open_what_her_team_holds(filled):
    assert all(can_open(of("Ruth Calder"), child) for child in held_by("Sade Bankole"))


def test_a_child_is_restricted_to_their_worker_and_the_custodian(filled):
    restriction = Restriction.objects.get(kind=Restriction.Kind.STAFF_FAMILY)
    assert can_open(of("Piers Hallam"), restriction.person)
    assert not can_open(of("Joan Whitlock"), restriction.person)


def test_a_second_start_leaves_everything_as_it_is(filled):
    before = (Person.objects.count(), Allocation.objects.count(), Restriction.objects.count())
    serve.fill_with_an_invented_authority(quiet)
    assert (Person.objects.count(), Allocation.objects.count(), Restriction.objects.count()) == before
    demo_work.settle_demo_people()
    assert (Person.objects.count(), Allocation.objects.count(), Restriction.objects.count()) == before


def test_its_figures_are_worked_out_with_its_invented_population(filled):
    facts = facts_of(newest())
    found = answer(facts, [twelve_months_to(facts.until)], indicators_called(["children_in_care"]))
    rate = found.figures.filter(found.figures["measure"] == "rate")
    assert rate["state"].to_list() == ["held"]
    assert set(facts.lookups.populations["source"]) == {"Invented for the demonstration"}
    assert {each.kind.name for each in held() if each.since} == {"populations", "areas"}


def test_the_last_days_wait_for_the_demonstrations_people(filled):
    assert {message.what_was_said[:9] for message in Message.current.all()} == {"Both came", "She is ou"}
    assert HelpRequest.current.count() == 2
    assert Visit.current.get().recorded_by == of("Sade Bankole")
    [assessment] = FamilyAssessment.current.all()
    assert assessment.words["parents_say"].startswith("Mum: ")


@pytest.mark.parametrize("need", ["debt", "food", "housing", "parenting", "caring", "health", "disability"])
def test_the_directory_has_an_invented_service_for_a_need_and_tells_of_those_near(filled, need):
    found = services_for(need, where="Northbrook")
    assert found and found[0].is_near
    assert all(each.told.phone.startswith("01632 960") for each in found)  # numbers kept for invented people


def test_the_last_days_are_lived_once(filled):
    demo_days.live_last_days(demo_work.settle_demo_people())
    assert Message.current.count() == 2
