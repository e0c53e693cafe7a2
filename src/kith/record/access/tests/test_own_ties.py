"""Nobody opens a record by a tie of their own; what somebody else stands behind opens it as before."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from kith.record.access import looking, services
from kith.record.access.models import BreakGlass
from kith.record.access.models import Message as Note
from kith.record.access.permissions import can_open, reason_known
from kith.record.people import services as people
from kith.record.people.family import told_of_tie
from kith.record.people.models import Allocation, Person, Relationship, Role, Team

pytestmark = pytest.mark.django_db

LONG_AGO = date(2020, 1, 1)
WITH_THE_FAMILY = "works with their family"


@pytest.fixture
def child(someone):
    return someone("Amira", "Khan")


@pytest.fixture
def team(db):
    return Team.objects.create(name="North")


@pytest.fixture
def worker(staff, child, team):
    """The child's worker."""
    worker = staff(Role.SOCIAL_WORKER, team=team)
    Allocation.objects.create(person=child, worker=worker, started_on=LONG_AGO)
    return worker


@pytest.fixture
def colleague(staff):
    return staff(Role.TEAM_MANAGER)


@pytest.fixture
def other(someone):
    """Somebody on record whom nobody works with."""
    return someone("Nadia", "Stone")


def relate(child: Person, other: Person, by, **more) -> Relationship:
    return people.relate(child, other, by=by, kind="family_friend", **more)


@pytest.mark.parametrize("is_told_of_the_child", [True, False])
def test_a_tie_of_ones_own_opens_no_record(child, other, worker, is_told_of_the_child):
    one, two = (child, other) if is_told_of_the_child else (other, child)
    relate(one, two, worker)
    assert not can_open(worker, other)


def test_a_tie_that_somebody_else_wrote_does(child, other, worker, colleague):
    relate(child, other, colleague)
    assert reason_known(worker, other) == WITH_THE_FAMILY


def test_it_opens_once_somebody_else_writes_the_same(child, other, worker, colleague):
    relate(child, other, worker)
    relate(child, other, colleague)
    assert can_open(worker, other)


def test_or_once_somebody_else_has_mended_it(child, other, worker, colleague):
    tie = relate(child, other, worker)
    people.end_relationship(tie, by=colleague, on=timezone.localdate() + timedelta(days=30))
    assert can_open(worker, other)


def test_but_not_once_its_writer_has_mended_it_themselves(child, other, worker):
    tie = relate(child, other, worker)
    people.end_relationship(tie, by=worker, on=timezone.localdate() + timedelta(days=30))
    assert not can_open(worker, other)


def test_what_somebody_told_us_with_a_message_opens_it(child, other, worker):
    relate(child, other, worker, said_by="School, in a message; not checked")
    assert can_open(worker, other)


def test_whom_a_worker_puts_on_record_for_it_they_open_at_once(child, worker):
    aunt = people.register_person(by=worker, given_names="Farah", family_name="Aziz")
    relate(child, aunt, worker)
    assert reason_known(worker, aunt) == WITH_THE_FAMILY


def test_but_not_whom_they_put_on_record_long_before(child, worker):
    aunt = people.register_person(by=worker, given_names="Farah", family_name="Aziz")
    Person.objects.filter(pk=aunt.pk).update(created_at=timezone.now() - timedelta(days=2))
    relate(child, aunt, worker)
    assert not can_open(worker, aunt)


@pytest.mark.parametrize("of_team", [True, False])
def test_whom_they_worked_with_as_they_wrote_it_stays_open_after_that_work_ended(
    child, other, worker, team, of_team
):
    to = {"team": team} if of_team else {"worker": worker}
    work = Allocation.objects.create(person=other, started_on=LONG_AGO, **to)
    relate(child, other, worker)
    Relationship.objects.update(recorded_at=timezone.now() - timedelta(days=3))
    Allocation.objects.filter(pk=work.pk).update(ended_on=timezone.localdate())
    assert reason_known(worker, other) == WITH_THE_FAMILY


@pytest.mark.parametrize(("was_right", "opens"), [(None, False), (False, False), (True, True)])
def test_a_reason_that_a_manager_found_right_stands_behind_it(
    child, other, worker, colleague, was_right, opens
):
    relate(child, other, worker)
    glass = services.break_glass(other, by=worker, reason="She looks after Amira tonight", hours=2)
    if was_right is not None:
        services.review_glass(glass, by=colleague, was_right=was_right, note="I asked their manager.")
    services.give_back(glass, by=worker)
    assert can_open(worker, other) == opens


class TestTakenBack:
    """Who takes back a tie of their own, once it opened a record to them, is reviewed."""

    @pytest.fixture
    def looked_at(self, child, other, worker, colleague):
        relate(child, other, worker)
        relate(child, other, colleague)
        looking.open_record(worker, other, "story")
        return told_of_tie(child, other.pk)

    @pytest.mark.parametrize("is_a_mistake", [True, False], ids=["a mistake", "ended the same day"])
    def test_a_manager_sees_it(self, looked_at, other, worker, colleague, is_a_mistake):
        on = None if is_a_mistake else timezone.localdate()
        services.untie(looked_at, by=worker, because="The wrong Nadia", on=on)
        glass = BreakGlass.objects.get()
        assert (glass.user, glass.person) == (worker, other)
        assert glass.reason.endswith("Their reason: The wrong Nadia") and glass.ended_at is not None
        assert not can_open(worker, other)

    def test_the_manager_is_told_what_opened_it(self, looked_at, worker, staff, team):
        manager = staff(Role.TEAM_MANAGER, manages=team)
        services.untie(looked_at, by=worker, because="The wrong Nadia")
        assert "through a tie of their own" in Note.objects.get(to=manager).text

    def test_nothing_is_reviewed_where_somebody_else_takes_it_back(self, looked_at, colleague):
        services.untie(looked_at, by=colleague, because="The wrong Nadia")
        assert not BreakGlass.objects.exists()

    def test_nor_where_nobody_looked(self, child, other, worker):
        services.untie([relate(child, other, worker)], by=worker, because="The wrong Nadia")
        assert not BreakGlass.objects.exists()

    def test_nor_where_a_true_tie_ends_later(self, looked_at, child, other, worker):
        Relationship.objects.update(recorded_at=timezone.now() - timedelta(days=40))
        ended = told_of_tie(child, other.pk)
        services.untie(ended, by=worker, because="They fell out", on=timezone.localdate())
        assert not BreakGlass.objects.exists()
