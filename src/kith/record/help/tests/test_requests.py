"""Asking for help: nobody has to be known, nobody is judged, and somebody answers."""

from datetime import UTC, date, datetime

import pytest

from kith.record.audit.models import Entry
from kith.record.clocks.queries import clocks_about
from kith.record.help import clock_facts, permissions, queries, services
from kith.record.help.models import HelpReply, HelpRequest
from kith.record.help.policies import AlreadyAnswered, FamilyDoesNotKnow, NotAsTheySaid
from kith.record.people.models import Person
from kith.record.refusals import NotAllowed
from kith.record.said import NotSaid
from kith.record.tests.practice import refused
from kith.record.versions import VersionClash

ASKS = {"what_would_help": "Food", "how_and_when_safe": "Ring 01632 960001 before noon"}


def test_a_family_asks_without_an_account_and_nobody_is_put_on_record(db):
    people = Person.objects.count()
    request = services.ask_for_help(**ASKS)
    assert [one.pk for one in queries.requests_waiting()] == [request.pk]
    assert Person.objects.count() == people
    entry = Entry.objects.get(act="ask_for_help")
    assert (entry.actor_id, entry.person_id) == (None, None)


@pytest.mark.parametrize("missing", ["what_would_help", "how_and_when_safe"])
def test_two_things_are_asked_and_no_more(db, missing):
    with refused(NotSaid, "was not said"):
        services.ask_for_help(**{**ASKS, missing: "  "})
    assert not HelpRequest.objects.exists()


def test_sent_twice_it_is_one_request(db):
    first = services.ask_for_help(**ASKS)
    assert services.ask_for_help(**ASKS) == first
    assert services.ask_for_help(**{**ASKS, "name": "Sal"}) != first
    assert HelpRequest.objects.count() == 2


def test_hostile_words_are_kept_as_typed(db):
    typed = "<img src=x onerror=alert(1)> ' or 1=1 -- \u202e\u0000".replace("\u0000", "")
    assert services.ask_for_help(**{**ASKS, "what_would_help": typed}).what_would_help == typed


@pytest.mark.parametrize(
    ("asked_at", "clock", "due_on"),
    [
        (datetime(2026, 3, 31, 9, 0, tzinfo=UTC), "H-1", date(2026, 3, 31)),  # a Tuesday morning: today
        (datetime(2026, 3, 31, 14, 59, tzinfo=UTC), "H-1", date(2026, 3, 31)),  # 15:59 in London, summer time
        (
            datetime(2026, 3, 31, 15, 0, tzinfo=UTC),
            "H-1b",
            date(2026, 4, 1),
        ),  # 16:00 in London: the next working day
        (datetime(2026, 1, 13, 15, 59, tzinfo=UTC), "H-1", date(2026, 1, 13)),  # winter time: the same hour
        (datetime(2026, 4, 2, 16, 0, tzinfo=UTC), "H-1b", date(2026, 4, 7)),  # before Easter: Tuesday
        (datetime(2026, 4, 4, 20, 0, tzinfo=UTC), "H-1", date(2026, 4, 7)),  # Easter Saturday, in the evening
        (
            datetime(2026, 12, 24, 16, 30, tzinfo=UTC),
            "H-1b",
            date(2026, 12, 29),
        ),  # 25 to 28 December are holidays
    ],
)
def test_a_family_is_answered_the_same_day_before_four_else_the_next_working_day(db, asked_at, clock, due_on):
    request = HelpRequest.objects.create(asked_at=asked_at, way="page", **ASKS)
    (line,) = clocks_about("help.helprequest", [request.thread], asked_at)
    assert (line.clock, line.due_on) == (clock, due_on)
    assert line.subject == "Somebody who asked for help"


def test_the_first_try_to_reach_them_meets_the_clock_though_nobody_answered(asked, helper):
    services.reply_to_request(request=asked, way="phone", got_through=False, by=helper)
    (running,) = clock_facts.requests([asked.thread], date.today())
    assert running.met is not None
    assert queries.request_of(asked.thread).answer == ""  # not answering decides nothing


def test_a_reply_says_what_was_said(asked, helper):
    with refused(NotSaid, "What was said"):
        services.reply_to_request(request=asked, way="phone", got_through=True, by=helper)
    said = services.reply_to_request(
        request=asked, way="phone", got_through=True, said="A bed by Friday", by=helper
    )
    assert queries.replies_to([asked.thread]) == {asked.thread: [said]}


def test_nobody_rings_a_family_that_does_not_know(helper):
    request = services.write_request(
        what_would_help="A rest",
        way="partner",
        asked_by="Bea from Elm Road School",
        does_family_know=False,
        by=helper,
    )
    with refused(FamilyDoesNotKnow, "does not know"):
        services.reply_to_request(request=request, way="phone", got_through=False, by=helper)
    known = services.family_knows(request=request, how_and_when_safe="Ring at noon", by=helper)
    assert services.reply_to_request(request=known, way="phone", got_through=False, by=helper)


def test_somebody_who_asks_for_a_family_says_whether_it_knows(helper):
    with refused(NotSaid, "whether the family knows"):
        services.write_request(what_would_help="A rest", way="partner", by=helper)


def test_a_request_taken_on_the_phone_says_how_to_ring_back(helper):
    with refused(NotSaid, "How to reach you"):
        services.write_request(what_would_help="A rest", way="phone", by=helper)


def test_an_answer_is_given_once(asked, helper):
    answered = services.answer_request(request=asked, answer="advice", by=helper)
    assert answered.answered_by == helper
    assert list(queries.requests_waiting()) == []
    with refused(AlreadyAnswered, "Advice was enough"):
        services.answer_request(request=asked, answer="activity", by=helper)
    with pytest.raises((VersionClash, AlreadyAnswered)):
        services.answer_request(request=answered, answer="activity", expected=asked.pk, by=helper)


@pytest.mark.parametrize("answer", ["other_service", "cannot_help"])
def test_some_answers_need_words(asked, helper, answer):
    with refused(NotSaid, "was not said"):
        services.answer_request(request=asked, answer=answer, by=helper)
    given = services.answer_request(request=asked, answer=answer, in_words="A cot", by=helper)
    assert given.answer_in_words == "A cot"


def test_only_a_manager_takes_a_request_to_the_front_door(asked, helper, manager):
    with pytest.raises(NotAllowed):
        services.answer_request(request=asked, answer="contact", in_words="A bruise", by=helper)
    with refused(NotSaid, "may not be safe"):
        services.answer_request(request=asked, answer="contact", by=manager)
    assert permissions.can_treat_as_contact(manager)
    assert not permissions.can_treat_as_contact(helper)


def test_who_may_not_answer(asked, analyst):
    for act in (
        lambda: services.answer_request(request=asked, answer="advice", by=analyst),
        lambda: services.reply_to_request(request=asked, way="phone", got_through=False, by=analyst),
        lambda: services.write_request(what_would_help="x", how_and_when_safe="y", way="phone", by=analyst),
    ):
        with pytest.raises(NotAllowed):
            act()


@pytest.mark.parametrize(
    ("how", "way", "is_safe_way", "because", "is_refused"),
    [
        ("Text after 6", "text", True, "", False),
        ("Text after 6", "letter", False, "", True),
        ("Text after 6", "letter", False, "The phone is dead", False),
        ("", "text", None, "", True),  # nobody said that anything may be sent
        ("", "letter", True, "", True),
        ("", "phone", None, "", False),
        ("", "visit", None, "", False),
        ("", "text", None, "They asked by text just now", False),
    ],
)
def test_a_family_is_reached_only_as_it_said_is_safe_or_for_a_reason(
    asked, helper, how, way, is_safe_way, because, is_refused
):
    HelpRequest.objects.filter(pk=asked.pk).update(how_and_when_safe=how)
    given = {"way": way, "is_safe_way": is_safe_way, "against_safe_way_because": because}
    if is_refused:
        with pytest.raises(NotAsTheySaid):
            services.reply_to_request(request=asked, got_through=False, by=helper, **given)
        assert not HelpReply.objects.exists()
    else:
        assert services.reply_to_request(request=asked, got_through=False, by=helper, **given)
