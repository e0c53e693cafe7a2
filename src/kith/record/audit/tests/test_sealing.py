"""Tampering shows: the chain says which entry was changed, taken away or put in."""

import pytest
from django.db import DatabaseError, connection, transaction

from kith.record.audit import sealing, services, triggers
from kith.record.audit.models import AppendOnly, Entry, Seal

pytestmark = pytest.mark.django_db


@pytest.fixture
def entries(monkeypatch) -> list[int]:
    """Ten sealed entries, four to a seal."""
    monkeypatch.setattr(sealing, "ENTRIES_A_SEAL", 4)
    services.record_many("name_shown", by=None, persons=range(1, 11), about={"why": "Zoë’s duty"})
    sealing.seal()
    return list(Entry.objects.order_by("id").values_list("id", flat=True))


def run(statement: str, *values) -> None:
    """As somebody would who reached the database itself."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def test_an_untouched_audit_holds(entries):
    assert Seal.objects.count() == 3
    assert sealing.verify() == sealing.Verified(entries=10)


def test_sealing_goes_on_where_it_stopped(entries):
    assert sealing.seal() == []
    services.record("record_opened", by=None, person=5)
    [one] = sealing.seal()
    assert one.previous_hash == Seal.objects.get(last_entry=entries[-1]).hash
    assert sealing.verify().entries == 11


def test_entries_not_yet_sealed_break_nothing(entries):
    services.record("record_opened", by=None, person=5)
    assert sealing.verify() == sealing.Verified(entries=10)


@pytest.mark.parametrize("place", [0, 3, 4, 9])
@pytest.mark.parametrize("column, value", [("person_id", 999), ("act", "nothing"), ("actor_id", 1)])
def test_a_changed_entry_is_named(entries, place, column, value):
    run(f"UPDATE audit_entry SET {column} = %s WHERE id = %s", value, entries[place])
    found = sealing.verify()
    assert (found.first_broken, found.entries) == (entries[place], place)
    assert found.because == "This entry was changed."


@pytest.mark.parametrize("place", [0, 3, 4, 9])
def test_a_missing_entry_is_named(entries, place):
    run("DELETE FROM audit_entry WHERE id = %s", entries[place])
    assert sealing.verify().first_broken == entries[place]
    assert not sealing.verify().holds


def test_an_entry_put_in_later_is_named(monkeypatch):
    for person in (1, 2, 3):
        services.record("name_shown", by=None, person=person)
    middle = Entry.objects.get(person_id=2).pk
    run("DELETE FROM audit_entry WHERE id = %s", middle)
    sealing.seal()
    Entry.objects.bulk_create([Entry(id=middle, act="record_opened")])
    found = sealing.verify()
    assert (found.first_broken, found.because) == (middle, "This entry was put in after the sealing.")


def test_a_seal_taken_away_or_changed_shows(entries):
    run("UPDATE audit_seal SET hash = %s WHERE last_entry = %s", "0" * 64, entries[9])
    assert not sealing.verify().holds
    run("DELETE FROM audit_seal WHERE last_entry = %s", entries[3])
    assert sealing.verify().first_broken == entries[4]


def test_a_seal_cannot_be_changed(entries):
    one = Seal.objects.first()
    with pytest.raises(AppendOnly):
        one.save()
    with pytest.raises(AppendOnly):
        Seal.objects.all().delete()


@pytest.mark.parametrize(
    "statement", ["UPDATE audit_entry SET act = 'x'", "DELETE FROM audit_entry", "DELETE FROM audit_seal"]
)
def test_the_database_itself_refuses(entries, statement):
    triggers.install(connection)
    triggers.install(connection)  # a second time changes nothing
    with pytest.raises(DatabaseError, match=triggers.REFUSAL), transaction.atomic():
        run(statement)
    services.record("record_opened", by=None)
    assert Entry.objects.count() == 11
    triggers.remove(connection)


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="PostgreSQL has no REPLACE")
def test_no_entry_is_put_in_place_of_another(entries):
    triggers.install(connection)
    journaled = Entry.objects.create(act="record_opened", journal_key="a" * 32)
    taken = [("id", entries[0]), ("journal_key", journaled.journal_key)]
    for column, value in taken:
        statement = f"INSERT OR REPLACE INTO audit_entry (at, act, about, {column}) VALUES (%s, %s, %s, %s)"
        with pytest.raises(DatabaseError, match=triggers.REFUSAL), transaction.atomic():
            run(statement, "2026-03-02", "nothing", "{}", value)
    assert Entry.objects.count() == 11
    triggers.remove(connection)


def test_a_seal_that_reaches_back_over_sealed_entries_shows(entries):
    run("UPDATE audit_seal SET first_entry = %s WHERE last_entry = %s", entries[0], entries[7])
    assert sealing.verify().first_broken == entries[0]
