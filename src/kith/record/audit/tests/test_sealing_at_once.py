"""Sealing while somebody else seals, or writes for long: no seal is broken, and none is a fault."""

from contextlib import closing

from django.db import connection

from kith.record.audit import sealing, services
from kith.record.audit.models import Entry, Seal
from kith.record.tests.at_once import ON_POSTGRESQL, at_once

pytestmark = ON_POSTGRESQL


def write(count: int) -> None:
    services.record_many("name_shown", by=None, persons=range(1, count + 1))


def newest() -> int:
    return Entry.objects.latest("id").pk


def test_of_two_who_seal_at_once_the_second_goes_on_where_the_first_stopped():
    write(3)
    first, _ = newest(), write(2)
    last = newest()
    at_once(lambda: sealing._seal_next(first), lambda: sealing._seal_next(last))
    assert [one.last_entry for one in Seal.objects.order_by("pk")] == [first, last]
    assert sealing.verify() == sealing.Verified(entries=5)


def test_what_is_being_written_for_long_is_sealed_another_time():
    write(3)
    writer = connection.copy()
    with closing(writer), writer.cursor() as cursor:
        cursor.execute("BEGIN")
        cursor.execute("LOCK TABLE audit_entry IN ROW EXCLUSIVE MODE")  # as an entry not yet committed does
        assert sealing.seal() == []
        assert sealing.verify() == sealing.Verified(entries=0)
    assert [one.last_entry for one in sealing.seal()] == [newest()]
