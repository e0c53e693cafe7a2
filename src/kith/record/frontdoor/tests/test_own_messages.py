"""Nobody opens a record by a message of their own, but by what is loud or theirs to decide."""

from datetime import date

import pytest

from kith.record.access import looking
from kith.record.access.models import BreakGlass
from kith.record.access.models import Message as Note
from kith.record.access.permissions import can_open
from kith.record.access.queries import live_glass
from kith.record.access.services import review_glass
from kith.record.frontdoor import services
from kith.record.frontdoor.models import Concerned, Message, Way
from kith.record.frontdoor.services import Named
from kith.record.pathway.alerting import tell_managers_now
from kith.record.pathway.urgent import start_urgently
from kith.record.people.models import Allocation, Role, Team
from kith.record.refusals import NotAllowed
from kith.record.tests.practice import refused


@pytest.fixture
def duty(staff):
    return staff(Role.DUTY_WORKER, name="Dee Duty")


@pytest.fixture
def other(staff):
    return staff(Role.DUTY_WORKER, name="Otis Other")


@pytest.fixture
def boss(staff):
    """A manager of the front door, who works with nobody."""
    return staff(Role.TEAM_MANAGER, name="Bo Boss")


@pytest.fixture
def write(duty):
    def make(*children, by=duty, **changes):
        told = {"what_was_said": "She was alone on the stairs.", "way": Way.PHONE, "source": "1B", **changes}
        return services.write_message(children=children, by=by, **told)

    return make


@pytest.mark.parametrize(
    "role",
    [
        Role.FAMILY_HELP_LEAD,
        Role.SOCIAL_WORKER,
        Role.LEAD_PROTECTION_PRACTITIONER,
        Role.DUTY_WORKER,
        Role.OUT_OF_HOURS,
    ],
)
def test_a_message_opens_the_record_to_others_and_not_to_whoever_wrote_it(write, amira, other, staff, role):
    writer = staff(role)
    write(Named(person=amira), by=writer)
    assert not can_open(writer, amira)
    assert can_open(other, amira)


def test_nor_does_it_where_the_child_waits_for_a_worker(write, amira, duty, other):
    Allocation.objects.all().delete()
    nobodys = Team.objects.create(name="Unallocated", is_unallocated=True)
    Allocation.objects.create(person=amira, team=nobodys, started_on=date(2026, 1, 5))
    write(Named(person=amira))
    assert not can_open(duty, amira)
    assert can_open(other, amira)


def test_a_child_whom_the_writer_matches_themselves_stays_closed_to_them(write, amira, duty, other):
    write(Named(said_as="A girl, about 4"))
    services.match_child(concerned=Concerned.current.get(), person=amira, by=duty)
    assert not can_open(duty, amira)
    assert can_open(other, amira)


def test_a_child_added_to_a_message_of_somebody_else_opens_nothing_to_whoever_added_them(
    write, amira, twin, duty, other
):
    message = write(Named(person=twin), by=other)
    services.add_child(message=message, child=Named(person=amira), by=duty)
    assert can_open(duty, twin)
    assert not can_open(duty, amira)


def test_it_opens_once_somebody_else_has_taken_it_up(write, amira, duty, other):
    message = write(Named(person=amira))
    services.complete_message(message=message, by=other, teller_name="A neighbour")
    assert can_open(duty, amira)


def test_a_child_whom_somebody_else_matched_is_open_to_the_writer(write, amira, duty, other):
    write(Named(said_as="A girl, about 4"))
    services.match_child(concerned=Concerned.current.get(), person=amira, by=other)
    assert can_open(duty, amira)


def test_a_child_of_the_public_page_stays_closed_to_whoever_says_who_that_is_until_another_takes_it_up(
    write, amira, duty, other
):
    message = write(Named(said_as="A girl, about 4"), by=None, way=Way.PAGE)
    services.match_child(concerned=Concerned.current.get(), person=amira, by=duty)
    assert not can_open(duty, amira)
    assert can_open(other, amira)
    services.complete_message(message=message, by=other, teller_name="A neighbour")
    assert can_open(duty, amira)


def test_what_the_public_page_tells_of_danger_now_opens_the_record_at_once(write, amira, duty):
    message = write(Named(said_as="A girl, about 4"), by=None, way=Way.PAGE, danger="now")
    tell_managers_now(message, None, text="It is urgent.")
    services.match_child(concerned=Concerned.current.get(), person=amira, by=duty)
    assert can_open(duty, amira)


def test_a_manager_who_writes_down_a_call_decides_it_and_opens_the_record(write, twin, boss):
    write(Named(person=twin), by=boss)
    assert can_open(boss, twin)


def test_a_manager_who_tells_something_themselves_does_not(write, twin, boss):
    write(Named(person=twin), by=boss, way=Way.WORKER)
    assert not can_open(boss, twin)


def test_an_urgent_message_that_managers_were_told_of_opens_the_record_at_once(write, amira, duty, manager):
    message = write(Named(person=amira), danger="now")
    tell_managers_now(message, duty, text="It is urgent.")
    assert can_open(duty, amira)


def test_alone_at_night_a_worker_protects_at_once_by_their_own_message_and_goes_on(write, amira, staff):
    night = staff(Role.OUT_OF_HOURS)
    message = write(Named(person=amira), by=night)
    done = start_urgently(message=message, suspected_harm="He hit her.", by=night)
    assert [one.person for one in done.enquiries.values()] == [amira]
    assert can_open(night, amira)


class TestTakenBack:
    """Who takes back their own message, once it opened a record to them, is reviewed by another manager."""

    def test_a_manager_sees_it_and_nobody_reviews_their_own(self, write, twin, boss, staff):
        second = staff(Role.SENIOR_MANAGER)
        message = write(Named(person=twin), by=boss)
        looking.open_record(boss, twin, "story")
        services.withdraw_message(message=message, because="It came twice", by=boss)
        [glass] = BreakGlass.objects.all()
        assert (glass.user, glass.person) == (boss, twin)
        assert glass.reason.endswith("It came twice")
        assert not live_glass(boss).exists()
        assert not can_open(boss, twin)
        assert Note.objects.filter(link=f"/glass/{glass.pk}/review/").exclude(to=boss).exists()
        with refused(NotAllowed, "Another manager"):
            review_glass(glass, by=boss, was_right=True, note="It was right, of course.")
        assert review_glass(glass, by=second, was_right=False, note="There was no call.").was_right is False

    def test_nothing_is_reviewed_where_no_record_was_opened(self, write, twin, boss):
        message = write(Named(person=twin), by=boss)
        services.withdraw_message(message=message, because="It came twice", by=boss)
        assert not BreakGlass.objects.exists()

    def test_nor_where_somebody_else_wrote_it(self, write, twin, boss):
        message = write(Named(person=twin))
        looking.open_record(boss, twin, "story")
        services.withdraw_message(message=message, because="It came twice", by=boss)
        assert not BreakGlass.objects.exists()

    def test_nor_where_the_manager_works_with_the_child(self, write, amira, manager):
        message = write(Named(person=amira), by=manager)
        looking.open_record(manager, amira, "story")
        services.withdraw_message(message=message, because="It came twice", by=manager)
        assert not BreakGlass.objects.exists()

    @pytest.mark.parametrize("writer", [None, "other"])
    def test_whom_a_manager_matched_to_the_words_of_others_is_reviewed(
        self, write, twin, boss, other, writer
    ):
        by, way = (other, Way.PHONE) if writer else (None, Way.PAGE)
        message = write(Named(said_as="A girl, about 4"), by=by, way=way)
        services.match_child(concerned=Concerned.current.get(), person=twin, by=boss)
        looking.open_record(boss, twin, "story")
        services.withdraw_message(message=message, because="Nobody can tell", by=boss)
        glass = BreakGlass.objects.get()
        assert (glass.user, glass.person) == (boss, twin)
        assert glass.reason.endswith("Nobody can tell")

    def test_nor_where_the_manager_matched_another_child_of_it(self, write, twin, amira, boss, other):
        message = write(Named(person=twin), Named(said_as="A girl"), by=other)
        vague = Concerned.current.get(person=None)
        looking.open_record(boss, twin, "story")
        services.match_child(concerned=vague, person=amira, by=boss)
        services.withdraw_message(message=message, because="It came twice", by=boss)
        assert not BreakGlass.objects.exists()

    def test_a_child_said_to_be_somebody_else_after_a_look_is_reviewed_too(self, write, twin, boss, manager):
        write(Named(said_as="A girl, about 4"), by=None, way=Way.PAGE)
        row = services.match_child(concerned=Concerned.current.get(), person=twin, by=boss)
        looking.open_record(boss, twin, "story")
        services.match_child(concerned=row, nobody_can_tell=True, by=boss)
        [glass] = BreakGlass.objects.all()
        assert (glass.user, glass.person) == (boss, twin)
        assert Message.current.get().is_waiting
