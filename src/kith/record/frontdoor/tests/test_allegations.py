"""An allegation against somebody who works with children leaves no trace where they may look."""

from datetime import timedelta

import pytest
from django.utils import timezone

from kith.record.access.models import Message as Note
from kith.record.audit.models import Entry
from kith.record.clocks.queries import clocks_about
from kith.record.frontdoor import queries, services
from kith.record.frontdoor.models import Allegation
from kith.record.frontdoor.policies import NothingSaid
from kith.record.people.models import Role
from kith.record.refusals import NotAllowed
from kith.record.tests.practice import refused
from kith.record.versions import VersionClash

TOLD = {"adult_name": "Hal Keeper", "adult_work": "A colleague", "what_was_said": "He shook her."}


@pytest.fixture
def accused(staff):
    """A custodian, and the one whom it is about."""
    return staff(Role.CUSTODIAN, name="Hal Keeper")


@pytest.fixture
def custodian(staff):
    return staff(Role.CUSTODIAN, name="Una Keeper")


@pytest.mark.parametrize("written", ["Hal Keeper", "KEEPER, hal", "  hal   keeper "])
def test_whoever_it_is_about_sees_no_trace_however_the_name_is_written(accused, custodian, worker, written):
    services.tell_allegation(**{**TOLD, "adult_name": written}, by=worker)
    assert queries.allegations_for(accused) == [] and len(queries.allegations_for(custodian)) == 1
    assert not Note.objects.filter(to=accused).exists()
    note = Note.objects.get(to=custodian)
    assert "Keeper" not in note.text and "shook" not in note.text
    entry = Entry.objects.get(act="tell_allegation")
    assert entry.person_id is None and "Keeper" not in str(entry.about)
    with refused(NotAllowed, "There is nothing here"):
        services.pass_to_officer(allegation=Allegation.current.get(), passed_to="LADO", by=accused)


def test_a_custodian_passes_it_on_within_a_working_day(custodian, worker):
    told = services.tell_allegation(**TOLD, by=worker)
    Allegation.current.filter(pk=told.pk).update(known_at=timezone.now() - timedelta(days=9))
    [line] = clocks_about("frontdoor.allegation", [told.thread], timezone.now())
    assert (line.clock, line.is_late, line.person_id) == ("LA-01", True, None)
    services.pass_to_officer(allegation=told, passed_to="The officer", by=custodian)
    [line] = clocks_about("frontdoor.allegation", [told.thread], timezone.now())
    assert not line.is_open and line.met_on == timezone.localdate()
    with pytest.raises(VersionClash):
        services.pass_to_officer(allegation=told, passed_to="Again", by=custodian)


def test_who_may_not(worker, manager, analyst):
    with refused(NotAllowed, "does not let you"):
        services.tell_allegation(**TOLD, by=analyst)
    told = services.tell_allegation(**TOLD, by=worker)
    for somebody in (worker, manager):
        with refused(NotAllowed, "does not let you"):
            services.pass_to_officer(allegation=told, passed_to="x", by=somebody)
    with refused(NothingSaid, "Nothing is written"):
        services.tell_allegation(**{**TOLD, "what_was_said": " "}, by=worker)
