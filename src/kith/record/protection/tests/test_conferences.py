"""A conference: its day, its people, who was told, who came, each child's decision, what was sent."""

from datetime import UTC, date, datetime, timedelta

import pytest

from kith.record.audit.models import Entry
from kith.record.chronology.policies import WrongCode, WrongDate
from kith.record.people.models import Allocation
from kith.record.people.safe_contact import NotSafe
from kith.record.protection import permissions, services
from kith.record.protection.models import Conference, ConferenceOf, Dissent, Invited
from kith.record.protection.policies import AlreadyOpen, NotIndependent, NotOpen, is_quorate
from kith.record.protection.queries import conference_parts, dissent_of, invited_to
from kith.record.protection.services import Asked, Decided, Otherwise
from kith.record.refusals import NotAllowed, NotPossible
from kith.record.said import NotSaid
from kith.record.tests.practice import acts_about, refused, told_of
from kith.record.versions import VersionClash

NOW = datetime(2026, 3, 24, 9, 0, tzinfo=UTC)
WEDNESDAY = datetime(2026, 4, 8, 10, 0, tzinfo=UTC)
HELD = date(2026, 4, 8)
MUM = Asked(name="Samira Khan")
NURSE = Asked(name="Bea Nurse", agency="health_visiting", is_report_wanted=True)
BELL = Asked(name="PC Bell", agency="police")
OSEI = Asked(name="Ada Osei", agency="la_csc", is_report_wanted=True)


@pytest.fixture
def mother(someone):
    return someone("Samira", "Khan", date_of_birth=date(1990, 1, 1))


def convene(children, by, **more):
    given = {"kind": "initial", "planned_for": WEDNESDAY, "now": NOW, "people": [NURSE, BELL, OSEI]}
    return services.convene_conference(children=children, by=by, **{**given, **more})


def invite(invited, on, by, **said):
    return services.say_of_invited(invited=invited, invited_on=on, by=by, **said)


def everybody_came(conference, by):
    came = {one.thread: "there" for one in invited_to(conference.thread)}
    services.record_attendance(conference=conference, came=came, by=by)


def decide(conference, children, by, **more):
    given = {
        "held_at": WEDNESDAY, "quorum": 2,
        "decisions": {child.pk: Decided("plan", "He hit them", category="PHY") for child in children},
    }  # fmt: skip
    return services.hold_conference(conference=conference, by=by, **{**given, **more})


def test_a_conference_is_arranged_once_for_brothers_and_sisters(amira, twin, worker, chair):
    conference = convene([amira, twin], worker, chair=chair, room="Room 2", minutes_long=90)
    assert (conference.state, conference.chair, conference.room) == ("planned", chair, "Room 2")
    assert {part.person for part in conference_parts(conference.thread)} == {amira, twin}
    assert [one.name for one in invited_to(conference.thread)] == ["Bea Nurse", "PC Bell", "Ada Osei"]
    assert all(one.invited_on is None for one in invited_to(conference.thread))  # arranging invites nobody
    assert "convene_conference" in acts_about(amira) and "convene_conference" in acts_about(twin)


@pytest.mark.parametrize(
    ("planned_for", "words"),
    [
        (datetime(2026, 4, 11, 10, 0, tzinfo=UTC), "is a Saturday"),  # CIN census 8875
        (datetime(2026, 4, 12, 10, 0, tzinfo=UTC), "is a Sunday"),
        (
            datetime(2026, 3, 28, 23, 30, tzinfo=UTC),
            "is a Saturday",
        ),  # still Saturday: the clocks change at one
        (datetime(2026, 3, 29, 23, 30, tzinfo=UTC), None),  # in London it is Monday already
        (NOW - timedelta(minutes=1), "has gone by"),
        (NOW + timedelta(days=365), None),
        (NOW + timedelta(days=367), "more than a year away"),
        (datetime(9999, 12, 31, 10, 0, tzinfo=UTC), "more than a year away"),
    ],
)
def test_no_conference_is_planned_at_a_weekend_in_the_past_or_years_ahead(amira, worker, planned_for, words):
    if words is None:
        assert convene([amira], worker, planned_for=planned_for).planned_for == planned_for
        return
    with refused(WrongDate, words):
        convene([amira], worker, planned_for=planned_for)


def test_sent_twice_it_is_one_conference(amira, twin, worker):
    convene([amira], worker)
    with refused(AlreadyOpen, "A conference is planned for 8 April 2026 already"):
        convene([amira, twin], worker)
    assert Conference.current.count() == 1


def test_the_chair_works_with_no_child_of_it(amira, worker, manager, chair):
    for one in (worker, manager):  # the worker's own, and who manages the worker
        with refused(NotIndependent, "they cannot chair it"):
            convene([amira], worker, chair=one)
    Allocation.objects.create(person=amira, worker=chair, role="cp_chair", started_on=date(2026, 1, 1))
    assert convene([amira], worker, chair=chair).chair == chair  # known to the child only as their chair


def test_who_may_not_arrange(amira, stranger, analyst):
    for user in (stranger, analyst):
        with pytest.raises(NotAllowed):
            convene([amira], user)
        assert not permissions.can_arrange(user, [amira])


def test_moving_says_why_and_what_keeps_them_safe(amira, worker):
    conference = convene([amira], worker)
    later = WEDNESDAY + timedelta(days=7)
    given = {"conference": conference, "planned_for": later, "by": worker, "now": NOW}
    with refused(NotSaid, "Why it moves"):
        services.move_conference(because=" ", safe_until_then="With her aunt", **given)
    with refused(NotSaid, "What keeps the children safe"):
        services.move_conference(because="Police cannot come", safe_until_then="", **given)
    moved = services.move_conference(
        because="Police cannot come", safe_until_then="With her aunt", expected=conference.pk, **given
    )
    assert (moved.planned_for, moved.moved_because) == (later, "Police cannot come")
    with pytest.raises(VersionClash):  # two at once
        services.move_conference(
            because="Again", safe_until_then="With her aunt", expected=conference.pk, **given
        )


def test_no_parent_learns_of_a_conference_from_a_letter(amira, mother, worker):
    conference = convene([amira], worker, people=[Asked(name="Samira Khan", relative=mother)])
    [mum] = invited_to(conference.thread)
    with refused(NotPossible, "Nobody has told Samira Khan of this conference in person"):
        invite(mum, date(2026, 3, 24), worker)
    told = services.say_of_invited(invited=mum, told_on=date(2026, 3, 24), told_by="Ada Osei", by=worker)
    with refused(NotSaid, "How Samira Khan was invited is not said"):
        invite(told, date(2026, 3, 25), worker)
    with refused(NotSafe, "Nobody has said whether a letter is safe"):
        invite(told, date(2026, 3, 25), worker, invited_how="letter")
    why = "She asked for it by post"
    sent = invite(told, date(2026, 3, 25), worker, invited_how="letter", although=why)
    assert sent.invited_on == date(2026, 3, 25)
    assert Entry.objects.filter(act="say_of_invited", person_id=amira.pk).last().about["although"] == why


def test_a_date_only_held_invites_nobody_until_it_is_kept(amira, worker):
    conference = convene([amira], worker, is_date_only_held=True)
    nurse = invited_to(conference.thread)[0]
    with refused(NotPossible, "only held while the enquiry goes on"):
        invite(nurse, date(2026, 3, 24), worker)
    services.confirm_conference(conference=conference, by=worker)
    assert invite(nurse, date(2026, 3, 24), worker).invited_on


def test_a_conference_called_off_stops_every_invitation(amira, worker):
    conference = convene([amira], worker)
    services.call_off_conference(conference=conference, because="Not borne out", by=worker)
    with refused(NotOpen, "called off already"):
        invite(invited_to(conference.thread)[0], HELD, worker)
    assert convene([amira], worker).state == "planned"


def test_who_is_kept_out_is_the_chairs_to_say(amira, mother, worker, chair):
    conference = convene([amira], worker, people=[Asked(name="Karim", relative=mother)])
    [dad] = invited_to(conference.thread)
    with pytest.raises(NotAllowed):
        services.keep_out(invited=dad, because="He hit her", by=worker)
    out = services.keep_out(invited=dad, because="He hit her mother", by=chair)
    with refused(NotPossible, "is not to be at this conference"):
        invite(out, HELD, worker)


def test_a_report_comes_and_is_shared_with_the_family_before(amira, worker):
    conference = convene([amira], worker)
    nurse = invited_to(conference.thread)[0]
    came = services.say_of_invited(invited=nurse, report_received_on=date(2026, 3, 30), by=worker)
    with refused(NotSaid, "How it was shared"):
        services.share_report(invited=came, on=date(2026, 3, 31), how="", by=worker)
    shared = services.share_report(
        invited=came, on=date(2026, 3, 31), how="Read to her mother in Dari", by=worker
    )
    assert (shared.report_received_on, shared.report_shared_on) == (date(2026, 3, 30), date(2026, 3, 31))
    assert acts_about(amira)[-1] == "share_report"


def test_more_people_are_asked_until_it_is_held(amira, worker):
    conference = convene([amira], worker)
    services.ask_to_conference(conference=conference, person=Asked(name="Nan"), by=worker)
    assert len(invited_to(conference.thread)) == 4
    with refused(NotSaid, "Give a name|Who is to be asked"):
        services.ask_to_conference(conference=conference, person=Asked(name=" "), by=worker)


@pytest.mark.parametrize(
    ("agencies", "is_enough"),
    [
        (["la_csc", "police", "gp"], True),
        (["la_csc", "police"], False),
        (["la_csc", "police", "police"], False),  # two of one agency are one
        (["police", "gp", "school"], False),  # without social care
        (["la_csc", "", "gp", "school"], True),  # the family is no agency
        ([], False),
    ],
)
def test_a_quorum_is_social_care_and_two_other_agencies(agencies, is_enough):
    assert is_quorate(agencies, 2) is is_enough


def test_each_child_has_their_own_decision_with_its_reason(amira, twin, worker, chair):
    conference = convene([amira, twin], worker)
    everybody_came(conference, chair)
    decisions = {
        amira.pk: Decided("plan", "He hit her", category="PHY", child_said="I want it to stop"),
        twin.pk: Decided("no_plan", "He lives with his grandmother", instead="Family help"),
    }
    held = decide(conference, [], chair, decisions=decisions)
    assert (held.state, held.held_at, held.chair) == ("held", WEDNESDAY, chair)
    parts = {part.person_id: part for part in conference_parts(conference.thread)}
    assert (parts[amira.pk].decision, parts[amira.pk].category) == ("plan", "PHY")
    assert (parts[twin.pk].decision, parts[twin.pk].category) == ("no_plan", "")
    assert (parts[amira.pk].why, parts[twin.pk].why) == ("He hit her", "He lives with his grandmother")
    assert parts[twin.pk].child_said == ""
    with refused(NotOpen, "held already"):
        decide(held, [], chair, decisions=decisions)


@pytest.mark.parametrize(
    ("decision", "refusal", "words"),
    [
        (Decided("", "Because"), NotSaid, "Nothing was chosen for a child"),
        (None, NotSaid, "Nothing was chosen for a child"),
        (Decided("plan", "Because"), WrongCode, "No choice was made for a category"),
        (Decided("no_plan", " "), NotSaid, "Why it was decided"),
        (Decided("plan", "Because", category="NEG", participation="PN99"), WrongCode, "taking part"),
    ],
)
def test_no_decision_is_taken_for_anybody(amira, worker, chair, decision, refusal, words):
    conference = convene([amira], worker)
    everybody_came(conference, chair)
    with refused(refusal, words):
        decide(conference, [], chair, decisions={amira.pk: decision} if decision else {})
    assert ConferenceOf.current.get().decision == ""


def test_without_its_quorum_it_goes_on_only_for_a_reason(amira, worker, chair):
    conference = convene([amira], worker)
    with refused(NotSaid, "Nobody wrote down who came"):
        decide(conference, [amira], chair)
    first = invited_to(conference.thread)[0]
    services.record_attendance(conference=conference, came={first.thread: "there"}, by=chair)
    with refused(NotSaid, "went on without its quorum"):
        decide(conference, [amira], chair)
    held = decide(conference, [amira], chair, went_on_because="She is to be safe tonight")
    assert held.went_on_because == "She is to be safe tonight"


def test_who_came_is_the_chairs_to_write(amira, worker, chair):
    conference = convene([amira], worker)
    one = invited_to(conference.thread)[0]
    with pytest.raises(NotAllowed):
        services.record_attendance(conference=conference, came={one.thread: "there"}, by=worker)
    with refused(NotSaid, "was not chosen"):
        services.record_attendance(conference=conference, came={one.thread: "asleep"}, by=chair)
    services.record_attendance(conference=conference, came={one.thread: "video"}, by=chair)
    services.record_attendance(conference=conference, came={one.thread: "video"}, by=chair)  # sent twice
    assert Invited.objects.filter(thread=one.thread).count() == 2


def test_a_manager_of_the_worker_may_not_chair_on_the_day(amira, worker, manager, staff, team, chair):
    conference = convene([amira], worker)
    everybody_came(conference, chair)
    head = staff("senior_manager", manages=team, name="Head of Service")
    with refused(NotIndependent, "cannot chair it"):
        decide(conference, [amira], head)
    with pytest.raises(NotAllowed):
        decide(conference, [amira], manager)


def test_dissent_is_kept_for_the_child_it_is_about(amira, twin, worker, chair):
    conference = convene([amira, twin], worker)
    everybody_came(conference, chair)
    against = Otherwise(child=amira, who="PC Bell", agency="police", would_have="No plan", because="Moved")
    decide(conference, [amira, twin], chair, otherwise=[against])
    assert [one.would_have for one in dissent_of([amira.pk], conference.thread)] == ["No plan"]
    assert dissent_of([twin.pk]) == [] and Dissent.current.count() == 1
    assert told_of(amira)[-1][1:] == ("dissent", "Police would have decided otherwise")
    assert "dissent" not in {kind for _, kind, _ in told_of(twin)}


def test_what_was_decided_goes_to_each_and_then_the_record(amira, worker, chair):
    conference = convene([amira], worker)
    with refused(NotOpen, "has not been held"):
        services.send_what_was_decided(invited=invited_to(conference.thread), on=HELD, by=worker)
    everybody_came(conference, chair)
    decide(conference, [amira], chair)
    services.send_what_was_decided(invited=invited_to(conference.thread)[:2], on=HELD, by=worker)
    services.send_record(invited=invited_to(conference.thread), on=date(2026, 4, 20), by=chair)
    sent = invited_to(conference.thread)
    assert [one.decisions_sent_on for one in sent] == [HELD, HELD, None]
    assert {one.record_sent_on for one in sent} == {date(2026, 4, 20)}


def test_before_birth_it_is_about_a_child_who_is_not_born(unborn, worker, chair):
    conference = convene([unborn], worker, kind="pre_birth")
    everybody_came(conference, chair)
    assert decide(conference, [unborn], chair).state == "held"
