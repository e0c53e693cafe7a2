"""What people type has a length that is kept: more is refused, and never cut off."""

import pytest
from django.utils import timezone

from kith.record.lengths import LONGEST_REASON, LONGEST_TEXT, TooLong
from kith.record.people import services as people
from kith.record.people import staff
from kith.record.people.models import Role, User
from kith.record.tests.practice import refused
from kith.record.versions import supersede
from kith.record.visits.models import Visit
from kith.record.visits.services import Saw, write_visit


def visited(amira, worker, words, **more):
    return write_visit(
        saw=[Saw(amira, "alone")], at=timezone.now(), how="in_person", what_happened=words, by=worker, **more
    )


def test_as_many_letters_as_are_stated_are_kept_and_no_more(amira, worker):
    visited(amira, worker, "é" * LONGEST_TEXT)
    with refused(TooLong, "What happened is 200,001 letters long, and at most 200,000"):
        visited(amira, worker, "é" * (LONGEST_TEXT + 1))
    assert Visit.objects.count() == 1


def test_a_short_box_is_measured_too(amira, worker):
    with refused(TooLong, "Place is 101 letters long, and at most 100"):
        visited(amira, worker, "Tea", place="x" * 101)


def test_a_reason_is_not_cut_off(amira, manager):
    with refused(TooLong, "The reason is 301 letters long"):
        people.correct_details(amira, by=manager, because="x" * (LONGEST_REASON + 1), first_language="som")


def test_what_was_longer_before_may_go_on(amira, worker):
    """A limit that comes later holds up no child's record."""
    visited(amira, worker, "Tea")
    Visit.objects.update(what_happened="x" * (LONGEST_TEXT + 1))
    assert supersede(Visit.current.get(), by=worker, place="School").place == "School"


def test_whoever_works_here_has_a_name_of_some_length(db, staff_of_one):
    with refused(TooLong, "at most"):
        staff.add_user(by=staff_of_one, email="ada@example.org", name="A" * 5_000)
    with refused(TooLong, "at most"):
        staff.make_team(by=staff_of_one, name="A" * 5_000)
    assert User.objects.count() == 1


@pytest.fixture
def staff_of_one(staff):
    return staff(Role.ADMINISTRATOR)
