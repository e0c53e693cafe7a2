"""A visit: written once for its children, each child's part apart, and every limit of what may be said."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from kith.record.chronology.policies import NoChildren, WrongDate
from kith.record.people.models import PersonDetails
from kith.record.refusals import NotAllowed
from kith.record.said import NotSaid
from kith.record.tests.practice import acts_about, refused, told_of
from kith.record.versions import VersionClash
from kith.record.visits import queries, services
from kith.record.visits.models import HowSeen, Seen, Visit
from kith.record.visits.policies import CannotBeSeen
from kith.record.visits.services import Saw

AT = datetime(2026, 3, 3, 16, 30, tzinfo=UTC)
DAY = date(2026, 3, 3)


def visit(by, *saw, at=AT, how="in_person", what_happened="We sat in the kitchen.", **more):
    return services.write_visit(saw=saw, at=at, how=how, what_happened=what_happened, by=by, **more)


def test_one_visit_is_one_body_and_a_part_a_child(worker, amira, twin):
    made = visit(
        worker,
        Saw(amira, "alone", own_words="I like it here.", private_line="Her tooth hurts."),
        Saw(twin, "not_alone"),
        what_next="Ring the dentist.",
    )
    assert Visit.objects.count() == 1
    hers, his = queries.children_of(made)
    assert (hers.person, hers.how_seen, hers.own_words) == (amira, HowSeen.ALONE, "I like it here.")
    assert (his.person, his.how_seen, his.own_words, his.private_line) == (twin, HowSeen.NOT_ALONE, "", "")
    assert {one.visited_on for one in (hers, his)} == {DAY}


def test_each_childs_story_has_a_line_and_no_word_of_what_was_said(worker, amira, twin):
    visit(worker, Saw(amira, "alone", own_words="I like it here."), Saw(twin, "not_seen"))
    assert told_of(amira) == [(DAY, "visit", "Visited: seen alone")]
    assert told_of(twin) == [(DAY, "visit_unseen", "Visited: not seen")]


def test_a_child_who_was_not_chosen_gets_nothing(worker, amira, twin):
    visit(worker, Saw(amira, "alone"))
    assert told_of(twin) == []
    assert acts_about(twin) == []


def test_the_act_is_written_down_for_each_child(worker, amira, twin):
    visit(worker, Saw(amira, "alone"), Saw(twin, "alone"))
    assert acts_about(amira) == acts_about(twin) == ["write_visit"]


def test_what_nobody_said_stays_unsaid(worker, amira):
    visit(worker, Saw(amira, "not_seen"))
    seen = Seen.current.get()
    assert (seen.is_seen, seen.is_seen_alone, seen.is_bedroom_seen, seen.may_family_read) == (
        False,
        None,  # nobody could say it of a child who was not seen
        None,
        "",
    )


@pytest.mark.parametrize(
    ("at", "day"),
    [
        (datetime(2026, 3, 28, 23, 30, tzinfo=UTC), date(2026, 3, 28)),  # winter: London is UTC
        (datetime(2026, 3, 29, 23, 30, tzinfo=UTC), date(2026, 3, 30)),  # summer since 01:00 that night
        (datetime(2025, 10, 25, 23, 30, tzinfo=UTC), date(2025, 10, 26)),  # the last night of summer time
    ],
)
def test_the_day_of_a_visit_is_londons(worker, amira, at, day):
    visit(worker, Saw(amira, "alone"), at=at)
    assert Seen.current.get().visited_on == day


def test_when_nobody_was_in_two_facts_are_enough(worker, amira):
    visit(worker, Saw(amira), how="nobody_in", what_happened="")
    assert told_of(amira) == [(DAY, "visit_tried", "Tried to visit: nobody was in")]
    assert Seen.current.get().is_seen is False


def test_by_phone_nobody_is_asked_who_was_seen(worker, amira):
    visit(worker, Saw(amira), how="phone")
    assert told_of(amira) == [(DAY, "visit", "Spoken with by phone")]


def test_a_child_not_yet_born_is_met_by_the_mother(worker, unborn):
    visit(worker, Saw(unborn, "mother_seen"))
    seen = Seen.current.get()
    assert (seen.is_mother_seen, seen.is_seen) == (True, None)
    assert told_of(unborn)[0][2] == "Visited: not yet born, mother seen"


@pytest.mark.parametrize(
    ("how", "seen", "kind"),
    [
        ("", "alone", NotSaid),
        ("teleport", "alone", NotSaid),
        ("in_person", "", NotSaid),  # nothing is taken for granted of a child
        ("video", "", NotSaid),
        ("phone", "alone", CannotBeSeen),
        ("nobody_in", "not_alone", CannotBeSeen),
        ("in_person", "mother_seen", CannotBeSeen),  # Amira was born in 2016
    ],
)
def test_what_cannot_be_is_refused_with_what_to_do(worker, amira, how, seen, kind):
    with refused(kind, ".") as refusal:
        visit(worker, Saw(amira, seen), how=how)
    assert refusal.value.next_step
    assert Visit.objects.count() == 0


def test_an_unborn_child_cannot_be_seen(worker, unborn):
    with refused(CannotBeSeen, "not yet born"):
        visit(worker, Saw(unborn, "alone"))


def test_the_day_before_birth_the_mother_is_seen(worker, amira):
    before = datetime(2016, 5, 13, 12, tzinfo=UTC)
    visit(worker, Saw(amira, "mother_seen"), at=before)
    with refused(CannotBeSeen, "not yet born"):
        visit(worker, Saw(amira, "alone"), at=before)


def test_a_visit_needs_what_happened(worker, amira):
    with refused(NotSaid, "what happened"):
        visit(worker, Saw(amira, "alone"), what_happened="  ")


def test_a_visit_of_nobody_or_of_one_child_twice_is_refused(worker, amira):
    with refused(NoChildren, "No child"):
        visit(worker)
    with refused(NoChildren, "twice"):
        visit(worker, Saw(amira, "alone"), Saw(amira, "not_seen"))


def test_tomorrows_visit_is_refused(worker, amira):
    with refused(WrongDate, "not come yet"):
        visit(worker, Saw(amira, "alone"), at=timezone.now() + timedelta(hours=2))


def test_a_visit_after_a_death_is_refused(worker, amira):
    PersonDetails.objects.filter(person=amira).update(date_of_death=date(2026, 3, 2))
    with refused(WrongDate, "died"):
        visit(worker, Saw(amira, "alone"))


def test_who_may_not(stranger, analyst, worker, amira, twin, someone):
    for who in (stranger, analyst):
        with pytest.raises(NotAllowed):
            visit(who, Saw(amira, "alone"))
    with pytest.raises(NotAllowed):  # one of them is not hers: nothing of it is written
        visit(worker, Saw(amira, "alone"), Saw(someone("Una", "Other"), "alone"))
    assert Visit.objects.count() == 0


def test_written_late_is_told_in_days(worker, amira):
    made = visit(worker, Saw(amira, "alone"), at=timezone.now() - timedelta(days=3, hours=1))
    assert queries.days_late(made) == 3


def test_a_correction_keeps_the_old_words_and_says_why(worker, amira, twin):
    made = visit(worker, Saw(amira, "alone"), Saw(twin, "alone"))
    services.correct_visit(visit=made, what_happened="We sat outside.", because="Wrong room", by=worker)
    now, before = Visit.objects.filter(thread=made.thread).order_by("-pk")
    assert (now.what_happened, before.what_happened) == ("We sat outside.", "We sat in the kitchen.")
    assert (before.ended_as, before.ended_because) == ("corrected", "Wrong room")
    assert acts_about(twin) == ["write_visit", "correct_visit"]


def test_a_corrected_day_moves_each_childs_line(worker, amira, twin):
    made = visit(worker, Saw(amira, "alone"), Saw(twin, "not_seen"))
    services.correct_visit(visit=made, at=AT - timedelta(days=1), because="It was Monday", by=worker)
    assert told_of(amira) == [(date(2026, 3, 2), "visit", "Visited: seen alone")]
    assert told_of(twin) == [(date(2026, 3, 2), "visit_unseen", "Visited: not seen")]


def test_a_visit_corrected_to_a_call_saw_nobody(worker, amira):
    made = visit(worker, Saw(amira, "alone"))
    services.correct_visit(visit=made, how="phone", because="It was a call", by=worker)
    assert queries.last_seen([amira.pk]) == {}


def test_one_childs_part_is_corrected_alone(worker, amira, twin):
    made = visit(worker, Saw(amira, "alone"), Saw(twin, "alone"))
    hers, _ = queries.children_of(made)
    services.correct_seen(seen=hers, said=Saw(amira, "not_alone"), because="Mum was there", by=worker)
    assert [one.how_seen for one in queries.visits_of([amira.pk])] == [HowSeen.NOT_ALONE]
    assert [one.how_seen for one in queries.visits_of([twin.pk])] == [HowSeen.ALONE]
    assert acts_about(twin) == ["write_visit"]


def test_a_correction_needs_a_reason(worker, amira):
    made = visit(worker, Saw(amira, "alone"))
    with refused(NotSaid, "why"):
        services.correct_visit(visit=made, what_happened="Other", because=" ", by=worker)


def test_two_corrections_at_once_clash_and_none_is_lost(worker, manager, amira):
    made = visit(worker, Saw(amira, "alone"))
    services.correct_visit(visit=made, what_happened="First", because="A slip", by=worker)
    with pytest.raises(VersionClash) as clash:
        services.correct_visit(
            visit=made, what_happened="Second", because="A slip", by=manager, expected=made.pk
        )
    assert clash.value.current.what_happened == "First"


def test_who_may_put_right_what_somebody_wrote(worker, manager, staff, team, amira, twin):
    made = visit(worker, Saw(amira, "alone"))
    colleague = staff("social_worker", team=team, name="Cal Colleague")
    with refused(NotAllowed, "Somebody else wrote this"):
        services.correct_visit(visit=made, what_happened="Other", because="A slip", by=colleague)
    services.correct_visit(visit=made, what_happened="Other", because="A slip", by=manager)
    assert Visit.current.get().what_happened == "Other"
