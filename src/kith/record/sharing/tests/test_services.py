"""Agencies and professionals: written once, found by the people they work with, corrected in sight."""

from datetime import date

import pytest

from kith.record.audit.models import Entry
from kith.record.refusals import NotAllowed
from kith.record.said import NotSaid
from kith.record.sharing import queries, services
from kith.record.sharing.models import WorksWith
from kith.record.tests.practice import MONDAY, acts_about, refused, told_of
from kith.record.versions import VersionClash


@pytest.fixture
def school(worker):
    return services.add_agency(name=" Elm  Road School ", kind="school", by=worker)


@pytest.fixture
def teacher(worker, school):
    return services.add_professional(name="Bea Teacher", job="Head of year", agency=school, by=worker)


def test_a_professional_is_found_by_each_child_they_work_with(worker, amira, twin, school, teacher):
    for child in (amira, twin):
        services.name_professional(person=child, professional=teacher, since=MONDAY, by=worker)
    found = queries.professionals_of([amira.pk, twin.pk], MONDAY)
    assert [(one.professional.name, one.agency.name) for one in found[amira.pk]] == [
        ("Bea Teacher", "Elm Road School")
    ]
    assert [one.professional.thread for one in found[twin.pk]] == [teacher.thread]


def test_a_professional_who_stopped_is_not_told_from_that_day(worker, amira, teacher):
    fact = services.name_professional(person=amira, professional=teacher, since=MONDAY, by=worker)
    services.end_work(works_with=fact, on=date(2026, 4, 1), by=worker)
    assert len(queries.professionals_of([amira.pk], date(2026, 3, 31))[amira.pk]) == 1
    assert queries.professionals_of([amira.pk], date(2026, 4, 1)) == {amira.pk: []}


def test_naming_somebody_twice_is_one_fact(worker, amira, teacher):
    first = services.name_professional(person=amira, professional=teacher, by=worker)
    assert services.name_professional(person=amira, professional=teacher, by=worker) == first
    assert WorksWith.objects.count() == 1


def test_each_act_is_written_down(worker, amira, school, teacher):
    services.name_professional(person=amira, professional=teacher, by=worker)
    about = Entry.objects.filter(act__in=["add_agency", "add_professional"]).order_by("id")
    assert [(entry.act, entry.actor_id, entry.person_id) for entry in about] == [
        ("add_agency", worker.pk, None),
        ("add_professional", worker.pk, None),
    ]
    assert acts_about(amira) == ["name_professional"]
    assert told_of(amira) == []


@pytest.mark.parametrize(("name", "kind"), [("", "school"), ("  ", "school"), ("Elm Road", "castle")])
def test_an_agency_needs_a_name_and_a_kind_from_the_list(worker, name, kind):
    with refused(NotSaid, "name|kind"):
        services.add_agency(name=name, kind=kind, by=worker)


def test_who_may_not(analyst, stranger, amira, teacher):
    with pytest.raises(NotAllowed):
        services.add_agency(name="Elm Road", kind="school", by=analyst)
    with pytest.raises(NotAllowed):
        services.name_professional(person=amira, professional=teacher, by=stranger)


def test_two_who_end_it_at_once_see_the_clash(worker, amira, teacher):
    fact = services.name_professional(person=amira, professional=teacher, by=worker)
    services.end_work(works_with=fact, on=MONDAY, by=worker)
    with pytest.raises(VersionClash):
        services.end_work(works_with=fact, on=date(2026, 5, 1), by=worker, expected=fact.pk)
