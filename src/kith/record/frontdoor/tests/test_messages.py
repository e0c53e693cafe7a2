"""A message is kept as it was said, about children as they were named; nobody is on record by it."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from kith.record.access.models import Restriction
from kith.record.access.permissions import can_open
from kith.record.audit.models import Entry
from kith.record.chronology.policies import NoChildren, WrongCode, WrongDate
from kith.record.frontdoor import queries, services
from kith.record.frontdoor.models import Concerned, Match, Message, Way
from kith.record.frontdoor.policies import AlreadyDecided, NothingSaid, NotMatched, TooMuch
from kith.record.frontdoor.services import Named
from kith.record.people.models import Person, Role
from kith.record.refusals import NotAllowed
from kith.record.tests.practice import acts_about, refused, told_of
from kith.record.versions import VersionClash

GIRL = Named(said_as="A girl, about 4", age_said="about 4", sex="F")


@pytest.fixture
def duty(staff):
    return staff(Role.DUTY_WORKER, name="Dee Duty")


@pytest.fixture
def write(duty):
    def make(*children, by=duty, **changes):
        told = {"what_was_said": "She was alone on the stairs.", "way": Way.PHONE, "source": "1B", **changes}
        return services.write_message(children=children or [GIRL], by=by, **told)

    return make


def test_a_message_is_kept_word_for_word_and_registers_nobody(write, duty):
    before = Person.objects.count()
    hostile = "<script>alert(1)</script> '; DROP TABLE; \u202e"
    message = write(what_was_said=f"  {hostile}\n“Mum went out.”  ", teller_name="A neighbour")
    assert message.what_was_said == f"{hostile}\n“Mum went out.”"
    [child] = queries.concerned_by([message.thread])[message.thread]
    assert (child.called, child.person, child.match) == ("A girl, about 4", None, "")
    assert Person.objects.count() == before
    assert (message.is_waiting, message.is_from_third_party, message.may_name_teller) == (True, True, None)
    entry = Entry.objects.get(act="write_message")
    assert (entry.actor_id, entry.person_id, entry.about["children"]) == (duty.pk, None, 1)


def test_a_message_about_a_child_on_record_is_written_down_with_them_and_tells_no_line_yet(write, amira):
    write(Named(person=amira, given_names="Mira"))
    assert acts_about(amira) == ["message_about"]
    assert told_of(amira) == []
    child = Concerned.current.get()
    assert (child.person, child.match, child.called) == (amira, Match.KNOWN, "Mira")


def test_a_public_page_may_leave_out_who_told_us_and_a_worker_may_not(write):
    message = write(by=None, source="", way=Way.PAGE)
    assert (message.recorded_by, message.source) == (None, "")
    with refused(WrongCode, "No choice was made for where the message came from"):
        write(source="")


@pytest.mark.parametrize(
    ("changes", "refusal", "words"),
    [
        ({"what_was_said": " \x00 "}, NothingSaid, "Nothing is written"),
        ({"received_at": datetime(1900, 1, 1, tzinfo=UTC)}, WrongDate, "more than two years ago"),
        ({"received_at": datetime(9999, 1, 1, tzinfo=UTC)}, WrongDate, "has not come yet"),
        ({"source": "ZZ"}, WrongCode, "is not where the message came from"),
    ],
)
def test_a_message_that_cannot_be_is_refused_with_a_next_step(write, changes, refusal, words):
    with refused(refusal, words) as caught:
        write(**changes)
    assert caught.value.next_step
    assert not Message.objects.exists() and not Concerned.objects.exists()


@pytest.mark.parametrize(
    ("is_public", "letters", "children"), [(True, 5_000, 20), (False, 200_000, 100)], ids=["public", "staff"]
)
def test_a_message_holds_only_so_many_words_and_children(write, duty, is_public, letters, children):
    by = None if is_public else duty
    with refused(TooMuch, f"more than {letters:,} letters"):
        write(by=by, what_was_said="x" * (letters + 1))
    with refused(TooMuch, f"more than {letters:,} letters"):
        write(by=by, others_at_home="x" * (letters + 1))
    with refused(TooMuch, f"More than {children} children"):
        write(*[GIRL] * (children + 1), by=by)
    write(*[GIRL] * children, by=by, what_was_said="x" * letters)
    assert Concerned.objects.count() == children


def test_a_message_names_at_least_one_child_in_some_words(write, duty):
    with refused(NoChildren, "No child was named"):
        services.write_message(children=[], what_was_said="Shouting", way=Way.PHONE, source="9", by=duty)
    with refused(NothingSaid, "no name and no words"):
        write(Named(given_names=" \x00 "))
    assert write(Named(expected_date_of_birth=date(2027, 3, 1)))


def test_twins_a_child_with_no_birth_date_and_an_unborn_child_are_a_row_each_in_the_order_said(write):
    message = write(
        Named("Adam", "Khan", date_of_birth=date(2016, 5, 14)),
        Named("Amira", "Khan", date_of_birth=date(2016, 5, 14)),
        Named("Noor", "Khan"),
        Named(said_as="A baby", expected_date_of_birth=date(2027, 3, 1)),
    )
    rows = queries.concerned_by([message.thread])[message.thread]
    assert [row.called for row in rows] == ["Adam Khan", "Amira Khan", "Noor Khan", "A baby"]


def test_who_a_child_is_can_be_chosen_changed_and_left_open(write, amira, twin, duty):
    write()
    child = services.match_child(concerned=Concerned.current.get(), nobody_can_tell=True, by=duty)
    assert child.match == Match.NOBODY_CAN_TELL
    child = services.match_child(concerned=child, person=amira, by=duty)
    child = services.match_child(concerned=child, person=twin, by=duty)
    assert (child.person, child.match, child.called) == (twin, Match.KNOWN, "A girl, about 4")
    assert acts_about(amira) == ["matched_child", "matched_child"]  # as hers, and as hers no more
    assert acts_about(twin) == ["matched_child"]
    with refused(NotMatched, "Nobody was chosen"):
        services.match_child(concerned=child, by=duty)


def test_two_people_matching_the_same_child_see_the_clash(write, amira, twin, duty):
    write()
    seen_by_both = Concerned.current.get()
    services.match_child(concerned=seen_by_both, person=amira, by=duty)
    with pytest.raises(VersionClash):
        services.match_child(concerned=seen_by_both, person=twin, by=duty)


def test_a_restricted_child_is_matched_by_nobody_but_those_named(write, amira, duty):
    Restriction.objects.create(person=amira, kind=Restriction.Kind.SEALED_ADOPTION, reason="Sealed")
    with refused(NotAllowed, "cannot show you anything"):
        write(Named(person=amira))
    write()
    with refused(NotAllowed, "cannot show you anything"):
        services.match_child(concerned=Concerned.current.get(), person=amira, by=duty)


def test_a_message_that_waits_opens_the_record_to_those_who_decide_about_it_until_it_is_decided(
    write, amira, duty, analyst, staff
):
    assert not can_open(duty, amira)
    message = write(Named(person=amira), by=staff(Role.OUT_OF_HOURS))
    assert can_open(duty, amira)
    assert not can_open(analyst, amira)
    Message.current.filter(thread=message.thread).update(decided_at=timezone.now())
    assert not can_open(duty, amira)


def test_a_name_put_right_leaves_the_old_one_readable(write, duty):
    write(Named("Myra", "Khan"))
    child = services.name_child(
        concerned=Concerned.current.get(), by=duty, because="Misheard", given_names="Mira"
    )
    assert child.called == "Mira Khan"
    assert Concerned.objects.filter(thread=child.thread).count() == 2


@pytest.mark.parametrize("field", ["what_was_said", "received_at", "decided_at", "withdrawn_at", "seen_by"])
def test_saying_more_of_a_message_never_changes_what_was_said_or_decided(write, duty, field):
    with pytest.raises(TypeError):
        services.complete_message(message=write(), by=duty, **{field: "Other"})


@pytest.mark.parametrize("field", ["person", "match", "message_thread", "place"])
def test_putting_a_name_right_never_says_who_on_record_that_is(write, duty, amira, field):
    write(Named("Myra", "Khan"))
    with pytest.raises(TypeError):
        services.name_child(concerned=Concerned.current.get(), by=duty, because="Misheard", **{field: amira})


def test_an_urgent_message_is_seen_once(write, manager):
    message = write(danger="now")
    assert message.is_urgent
    seen = services.see_urgent(message=message, by=manager)
    assert (seen.seen_by, services.see_urgent(message=seen, by=manager).pk) == (manager, seen.pk)


def test_waiting_messages_come_danger_first_then_the_oldest(write):
    now = timezone.now()
    old = write(received_at=now - timedelta(days=2))
    new = write(received_at=now - timedelta(hours=1))
    urgent = write(danger="now")
    assert list(queries.waiting_messages()) == [urgent, old, new]


def test_a_message_withdrawn_keeps_its_words_and_waits_no_more(write, manager, duty):
    message = write(way=Way.STEP_UP)
    with refused(NothingSaid, "needs its reason"):
        services.withdraw_message(message=message, because=" ", by=manager)
    with refused(NotAllowed, "does not let you decide"):
        services.withdraw_message(message=message, because="Twice", by=duty)
    ended = services.withdraw_message(message=message, because="The family changed its mind", by=manager)
    assert (ended.is_waiting, ended.what_was_said) == (False, message.what_was_said)
    assert list(queries.waiting_messages()) == []
    with refused(AlreadyDecided, "taken back"):
        services.withdraw_message(message=ended, because="Again", by=manager)


def test_who_may_write_a_message_down(write, analyst, chair):
    for somebody in (analyst, chair):
        with refused(NotAllowed, "does not let you receive contacts"):
            write(by=somebody)
