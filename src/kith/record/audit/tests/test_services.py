"""Entries: written with the act, only ever added, and what happens when they cannot be written."""

import json
from unittest import mock

import pytest
from django.db import OperationalError, transaction

from kith.record.audit import journal, services
from kith.record.audit.models import AppendOnly, Entry
from kith.record.people.models import Person, User

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada() -> User:
    return User.objects.create_user("ada@example.org", name="Ada Osei")


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    settings.HOME = tmp_path
    return tmp_path


@pytest.fixture
def audit_down():
    with mock.patch.object(type(Entry.objects.all()), "bulk_create", side_effect=OperationalError("gone")):
        yield


def test_an_act_is_written_with_who_what_and_whom(ada):
    person = Person.objects.create()
    services.record("child_placed", by=ada, person=person, about={"placement": 5})
    entry = Entry.objects.get()
    assert (entry.actor_id, entry.act, entry.person_id) == (ada.pk, "child_placed", person.pk)
    assert entry.about == {"placement": 5}


def test_an_entry_goes_with_the_transaction_of_its_act(ada):
    with pytest.raises(RuntimeError), transaction.atomic():
        services.record("child_placed", by=ada)
        raise RuntimeError("the act failed")
    assert not Entry.objects.exists()


def test_each_name_shown_is_an_entry_of_its_own(ada):
    services.record_many("name_shown", by=ada, persons=[11, 12, 13], about={"purpose": "duty"})
    assert sorted(Entry.objects.values_list("person_id", flat=True)) == [11, 12, 13]


def test_an_entry_cannot_be_changed_or_deleted(ada):
    entry = services.record("record_opened", by=ada, person=1)
    entry.act = "nothing_happened"
    with pytest.raises(AppendOnly):
        entry.save()
    with pytest.raises(AppendOnly):
        entry.delete()
    with pytest.raises(AppendOnly):
        Entry.objects.update(act="nothing_happened")
    with pytest.raises(AppendOnly):
        Entry.objects.filter(pk=entry.pk).delete()
    with pytest.raises(AppendOnly):
        Entry.objects.bulk_update([entry], ["act"])
    assert Entry.objects.get().act == "record_opened"


def test_an_act_is_refused_when_it_cannot_be_audited(ada, audit_down):
    with pytest.raises(services.AuditUnavailable):
        services.record("child_placed", by=ada)


def test_a_read_is_refused_when_it_cannot_be_audited(ada, audit_down, home):
    with pytest.raises(services.AuditUnavailable, match="has not shown you anything"):
        services.record_read("record_opened", by=ada, persons=[1], may_journal=False)
    assert not journal.path().exists()


def test_a_duty_read_goes_on_against_the_journal_with_an_alarm(ada, audit_down, caplog):
    services.record_read("record_opened", by=ada, persons=[1, 2], about={"why": "duty"}, may_journal=True)
    lines = [json.loads(line) for line in journal.path().read_text().splitlines()]
    assert [line["person_id"] for line in lines] == [1, 2]
    assert any(message.levelname == "CRITICAL" for message in caplog.records)


def test_a_duty_read_is_refused_when_the_journal_fails_too(ada, audit_down):
    with (
        mock.patch.object(journal, "append", side_effect=OSError("disk full")),
        pytest.raises(services.AuditUnavailable),
    ):
        services.record_read("record_opened", by=ada, persons=[1], may_journal=True)


def test_looks_together_are_one_write_at_the_end(ada, django_assert_num_queries):
    with django_assert_num_queries(3), services.looks_together():  # one insert, and its savepoint
        services.record_read("record_opened", by=ada, persons=[1], about={"why": "visit"}, may_journal=False)
        services.record_read("name_shown", by=ada, persons=[2, 3], may_journal=False)
    looks = Entry.objects.order_by("id").values_list("act", "person_id")
    assert list(looks) == [("record_opened", 1), ("name_shown", 2), ("name_shown", 3)]


def test_looks_together_are_written_when_their_page_fails(ada):
    with pytest.raises(RuntimeError), services.looks_together():
        services.record_read("record_opened", by=ada, persons=[1], may_journal=False)
        raise RuntimeError("the page could not be drawn")
    assert Entry.objects.get().person_id == 1


def test_looks_together_end_in_a_refusal_when_they_cannot_be_audited(ada, audit_down, home):
    with pytest.raises(services.AuditUnavailable), services.looks_together():
        services.record_read("record_opened", by=ada, persons=[1], may_journal=True)
        services.record_read("name_shown", by=ada, persons=[2], may_journal=False)
    assert not journal.path().exists()


def test_looks_together_of_duty_go_on_against_the_journal(ada, audit_down):
    with services.looks_together():
        services.record_read("record_opened", by=ada, persons=[1], may_journal=True)
        services.record_read("name_shown", by=ada, persons=[2], may_journal=True)
    lines = [json.loads(line) for line in journal.path().read_text().splitlines()]
    assert [line["person_id"] for line in lines] == [1, 2]


def test_an_act_is_audited_at_once_among_looks_that_wait(ada):
    with services.looks_together():
        services.record_read("record_opened", by=ada, persons=[1], may_journal=False)
        services.record("restricted_matched", by=ada, person=1)
        assert Entry.objects.get().act == "restricted_matched"


def test_the_journal_comes_in_once_however_often_it_is_brought(ada, home):
    journal.append([Entry(act="record_opened", actor_id=ada.pk, person_id=4, about={"why": "duty"})])
    copy = journal.path().read_text()
    assert journal.replay() == 1
    assert journal.replay() == 0
    journal.path().write_text(copy)
    assert journal.replay() == 0
    entry = Entry.objects.get()
    assert (entry.person_id, entry.about) == (4, {"why": "duty"})


def test_a_journal_cut_short_by_a_power_failure_still_comes_in(ada, caplog):
    journal.append([Entry(act="record_opened", person_id=4)])
    with journal.path().open("a") as file:
        file.write('{"key": "half a li')
    journal.append([Entry(act="record_opened", person_id=5)])
    assert journal.replay() == 2
    assert "Line 2" in caplog.text
