"""The demonstration is filled once and wholly, and everybody in it has work that they may open."""

from datetime import date

import pytest
from django.db import transaction

from kith.invented import authority as invented
from kith.invented.tests.made import MadePostcodes
from kith.record.access.models import Restriction
from kith.record.access.permissions import can_open
from kith.record.extract.mapping import FACTS
from kith.record.importer.models import Reject, SourceRow
from kith.record.people.models import Address, Allocation, Person, PersonDetails, User
from kith.web import demo_work, serve
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
            linked = set(table.model.current.exclude(**{link.field: None}).values_list(link.field, flat=True))
            there = set(models[link.table].current.values_list("thread", flat=True))
            assert linked <= there, f"{table.table}.{link.field}"
            checked += len(linked)
    assert checked > 100


def test_named_workers_hold_the_children_and_those_who_left_hold_none(filled):
    given = Allocation.current.exclude(worker=None).exclude(worker_reference="")
    assert given.count() == sum(act.act == "allocate_worker" for act in filled.diary)
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
