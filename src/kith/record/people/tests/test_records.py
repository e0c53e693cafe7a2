"""All the records of somebody, and holding them while an act asks what is open."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from kith.record.people.models import Role
from kith.record.people.records import lock_people, records_of
from kith.record.people.services import merge


def test_every_record_of_somebody_is_found_from_any_of_them(someone, staff):
    kept, merged, other = (someone(name) for name in ("Amira", "Ameera", "Yusuf"))
    merge(kept, merged, by=staff(Role.TEAM_MANAGER), reason="One girl")
    kept.refresh_from_db()
    merged.refresh_from_db()
    assert records_of([merged, other]) == {merged.pk: [kept.pk, merged.pk], other.pk: [other.pk]}
    assert records_of([]) == {}


def test_all_of_them_are_held_in_the_order_of_their_ids(someone, staff):
    people = [someone(str(number)) for number in range(5)]
    merge(people[0], people[1], by=staff(Role.TEAM_MANAGER), reason="One girl")
    wanted = [people[4], people[1], people[2]]
    with CaptureQueriesContext(connection) as asked:
        held = lock_people(reversed(wanted))
    assert [one.pk for one in held] == sorted(one.pk for one in (people[0], *wanted))
    last = asked[-1]["sql"]
    assert "ORDER BY" in last
    assert ("FOR UPDATE" in last) is connection.features.has_select_for_update
