"""Missing, in care or not: to the minute, back, seen to be safe, and somebody to talk to."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from kith.record.care import services
from kith.record.care.models import MissingEpisode, Reply, ReturnInterview
from kith.record.care.policies import AlreadyMissing, NotLookedAfter, NotMissing
from kith.record.chronology.policies import WrongDate
from kith.record.clocks.queries import due_for_people
from kith.record.people.models import Role
from kith.record.refusals import NotAllowed, NotPossible
from kith.record.said import NotSaid
from kith.record.tests.practice import acts_about, refused, told_of
from kith.record.versions import VersionClash

WENT = datetime(2026, 3, 27, 22, 30, tzinfo=UTC)  # a Friday night
BACK = datetime(2026, 3, 28, 1, 15, tzinfo=UTC)  # the night before the clocks go forward


@pytest.fixture
def missing(amira, worker):
    return services.report_missing(
        child=amira, at=WENT, kind="M", by=worker, last_seen="Bus stop on Elm Road", police_reference="NB/1"
    )


@pytest.fixture
def back(missing, amira, worker):
    return services.report_back(child=amira, at=BACK, by=worker, found_where="At a friend's")


def clocks(child, now, name):
    return [line for line in due_for_people([child.pk], now) if line.clock == name]


def test_a_child_who_is_not_in_care_is_reported_to_the_minute(missing, amira):
    assert (missing.started_on, missing.started_at) == (date(2026, 3, 27), WENT)
    assert acts_about(amira) == ["report_missing"]
    assert [kind for _, kind, _ in told_of(amira)] == ["missing_started"]


def test_coming_back_starts_72_hours_over_the_change_of_clocks(back, amira):
    [line] = clocks(amira, BACK + timedelta(hours=1), "MI-01")
    assert line.due_at == datetime(2026, 3, 31, 1, 15, tzinfo=UTC)  # 02:15 in summer time
    [check] = clocks(amira, BACK + timedelta(hours=1), "MI-02")
    assert check.due_on == date(2026, 3, 29)


def test_seen_safe_at_the_door_meets_the_check_at_once(missing, amira, worker):
    services.report_back(child=amira, at=BACK, by=worker, is_seen=True)
    assert clocks(amira, BACK + timedelta(hours=1), "MI-02") == []


def test_seen_later_meets_it_then(back, amira, worker):
    services.see_that_they_are_safe(episode=back, at=BACK + timedelta(hours=9), by=worker)
    assert clocks(amira, BACK + timedelta(hours=10), "MI-02") == []
    assert acts_about(amira)[-1] == "see_that_they_are_safe"


def test_the_interview_is_offered_accepted_and_held(back, amira, worker):
    offer = services.offer_interview(episode=back, at=BACK + timedelta(hours=10), by=worker)
    again = services.offer_interview(
        episode=back, at=BACK + timedelta(hours=20), reply=Reply.ACCEPTED, by=worker
    )
    assert again.thread == offer.thread  # one offer, with a newer reply
    services.hold_interview(
        interview=again,
        at=BACK + timedelta(hours=30),
        held_by="Jo, youth service",
        said="I was at Kai's.",
        by=worker,
    )
    assert clocks(amira, BACK + timedelta(hours=31), "MI-01") == []
    assert told_of(amira)[-1][1:] == ("return_interview", "Talked with somebody after coming back")
    assert "Kai" not in str(told_of(amira))


def test_a_child_who_says_no_is_not_chased_by_a_clock(back, amira, worker):
    services.offer_interview(episode=back, at=BACK + timedelta(hours=10), reply=Reply.REFUSED, by=worker)
    assert clocks(amira, BACK + timedelta(hours=80), "MI-01") == []


def test_a_child_not_reached_stays_due_with_what_was_tried(back, amira, worker):
    with refused(NotSaid, "tried to be reached"):
        services.offer_interview(episode=back, at=BACK, reply=Reply.NOT_REACHED, by=worker)
    services.offer_interview(
        episode=back, at=BACK, reply=Reply.NOT_REACHED, because="Rang twice; going round tomorrow", by=worker
    )
    assert len(clocks(amira, BACK + timedelta(hours=11), "MI-01")) == 1


def test_refusals(missing, amira, twin, unborn, worker):
    with refused(AlreadyMissing, "recorded as missing"):
        services.report_missing(child=amira, at=BACK, kind="M", by=worker)
    with pytest.raises(NotLookedAfter):
        services.report_missing(child=twin, at=WENT, kind="A", by=worker)
    with refused(NotMissing, "missing still"):
        services.offer_interview(episode=missing, at=BACK, by=worker)
    with refused(NotMissing, "not recorded as missing"):
        services.report_back(child=twin, at=BACK, by=worker)
    with refused(WrongDate, "before what it follows"):
        services.report_back(child=amira, at=WENT - timedelta(minutes=1), by=worker)
    with refused(WrongDate, "not come yet"):
        services.report_missing(child=twin, at=timezone.now() + timedelta(hours=1), kind="M", by=worker)
    with refused(WrongDate, "not recorded as born"):
        services.report_missing(child=unborn, at=WENT, kind="M", by=worker)


def test_an_interview_is_held_once_by_somebody_named(back, worker):
    offer = services.offer_interview(episode=back, at=BACK, by=worker)
    with refused(NotSaid, "Nobody is named"):
        services.hold_interview(interview=offer, at=BACK, held_by=" ", by=worker)
    held = services.hold_interview(interview=offer, at=BACK, held_by="Jo", by=worker)
    with refused(NotPossible, "held already"):
        services.hold_interview(interview=held, at=BACK, held_by="Jo", by=worker)
    with pytest.raises(VersionClash):
        services.hold_interview(interview=offer, at=BACK, held_by="Jo", by=worker, expected=offer.pk)
    assert ReturnInterview.current.count() == 1


def test_who_may(missing, amira, worker, stranger, analyst, staff):
    for by in (stranger, analyst):
        with pytest.raises(NotAllowed):
            services.report_back(child=amira, at=BACK, by=by)
    services.report_back(child=amira, at=BACK, by=worker)
    independent = staff(Role.FAMILY_HELP_LEAD, name="Jo Independent")  # works with no child of this family
    episode = MissingEpisode.current.get()
    assert services.offer_interview(episode=episode, at=BACK, by=independent).pk
