"""When a child was seen: what every clock asks, counted alike for all of them."""

from datetime import UTC, date, datetime, timedelta

import pytest

from kith.record.people.models import Role, UserRole
from kith.record.visits import queries, services
from kith.record.visits.models import Seen
from kith.record.visits.services import Saw

AT = datetime(2026, 3, 3, 16, 30, tzinfo=UTC)
DAY = date(2026, 3, 3)


def visit(by, child, seen="alone", *, at=AT, how="in_person", **more):
    return services.write_visit(saw=[Saw(child, seen)], at=at, how=how, what_happened="Met", by=by, **more)


@pytest.mark.parametrize(
    ("how", "seen", "is_met"),
    [
        ("in_person", "alone", True),
        ("in_person", "not_alone", True),  # a baby is always seen with somebody
        ("in_person", "not_seen", False),
        ("video", "alone", False),
        ("phone", "", False),
        ("nobody_in", "", False),
    ],
)
def test_what_meets_a_clock(worker, amira, how, seen, is_met):
    visit(worker, amira, seen, how=how)
    assert bool(queries.met([amira.pk])[amira.pk]) is is_met
    assert queries.last_seen([amira.pk]) == ({amira.pk: DAY} if is_met else {})


def test_an_unborn_child_is_met_by_seeing_the_mother(worker, unborn):
    visit(worker, unborn, "mother_seen")
    assert queries.last_seen([unborn.pk]) == {unborn.pk: DAY}
    assert queries.last_seen_alone([unborn.pk]) == {}


def test_seen_alone_is_told_apart(worker, amira):
    visit(worker, amira, "alone", at=AT - timedelta(days=9))
    visit(worker, amira, "not_alone")
    assert queries.last_seen([amira.pk]) == {amira.pk: DAY}
    assert queries.last_seen_alone([amira.pk]) == {amira.pk: DAY - timedelta(days=9)}


def test_a_visit_written_late_counts_by_its_own_day(worker, amira):
    visit(worker, amira, at=AT)
    visit(worker, amira, at=AT - timedelta(days=30))  # remembered later
    assert queries.met([amira.pk])[amira.pk] == [AT - timedelta(days=30), AT]


@pytest.mark.parametrize(
    ("role", "clock", "counts"),
    [
        (Role.SOCIAL_WORKER, "CP-08", True),
        (Role.FAMILY_HELP_LEAD, "CP-08", False),  # a plan's visits are a social worker's
        (Role.FAMILY_HELP_LEAD, "CN-03", True),
        (Role.PERSONAL_ADVISER, "CN-03", False),
    ],
)
def test_whose_visit_counts(staff, team, amira, role, clock, counts):
    visit(staff(role, team=team), amira)
    assert bool(queries.met([amira.pk], clock)[amira.pk]) is counts
    assert queries.met([amira.pk])[amira.pk] == [AT]  # seen is seen, whoever saw


def test_a_joint_visit_counts_by_either_visitor(staff, team, worker, amira):
    helper = staff(Role.FAMILY_HELP_LEAD, team=team)
    visit(helper, amira, with_worker=worker)
    assert queries.met([amira.pk], "CP-08")[amira.pk] == [AT]


def test_what_a_visitor_becomes_later_changes_no_visit(worker, amira):
    visit(worker, amira)
    UserRole.objects.filter(user=worker).update(ended_on=date(2026, 4, 1))
    assert queries.met([amira.pk], "CP-08")[amira.pk] == [AT]


def test_a_visit_told_by_a_file_counts_as_told(amira):
    Seen.objects.create(person=amira, visited_on=DAY, is_seen=True, counts_as="protection")
    assert queries.met([amira.pk], "CP-08")[amira.pk] == [DAY]


def test_the_first_time_seen_from_a_day_on(worker, amira, twin):
    visit(worker, amira, at=AT - timedelta(days=30))
    visit(worker, amira)
    found = queries.met_first({amira.pk: date(2026, 3, 1), twin.pk: date(2026, 3, 1)}, "AS-03")
    assert found == {amira.pk: AT}


def test_nobody_in_is_counted_until_somebody_is(worker, amira):
    for days in (9, 6, 3):
        visit(worker, amira, "", how="nobody_in", at=AT - timedelta(days=days))
    assert queries.nobody_in([amira.pk]) == {amira.pk: 3}
    visit(worker, amira, "not_seen")
    assert queries.nobody_in([amira.pk]) == {}
