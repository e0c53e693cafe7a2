"""Partners answer three questions by a link, without an account; their silence is kept as silence."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from kith.record.access import links
from kith.record.access.models import Message as Note
from kith.record.access.models import OneTimeLink, Restriction
from kith.record.clocks.queries import clocks_about
from kith.record.people.models import PersonDetails
from kith.record.refusals import NotAllowed
from kith.record.said import NotSaid
from kith.record.sharing import queries, services
from kith.record.sharing.models import Ask
from kith.record.sharing.policies import NotOpen, TooLong
from kith.record.tests.practice import acts_about, refused, told_of
from kith.record.versions import VersionClash

SHOWN = [{"name": "Amira Khan", "born": "14 May 2016", "lives": "12 Elm Road"}]


@pytest.fixture
def put(worker, amira):
    def make(**changes):
        given = {
            "about": PersonDetails.current.get(person=amira), "asked_of": "Elm Surgery", "kind": "gp",
            "why": "Somebody is worried.", "power": "Children Act 1989 s47(9)", "shown": SHOWN,
            "children": [amira], "by": worker, **changes,
        }  # fmt: skip
        return services.ask_partner(**given)

    return make


def answer(token, **changes):
    link = links.read_link(services.PARTNER_ANSWER, token)
    given = {"answered_by": "Dr Bell", "known_since": "Since birth", **changes}
    return services.answer_ask(link=link, **given)


def test_a_partner_answers_once_and_whoever_asked_is_told(put, worker, amira):
    asked = put()
    answered = answer(asked.token, is_family_known=True, worries_and_strengths="<b>Thin</b>")
    assert (answered.answered_by, answered.known_since) == ("Dr Bell", "Since birth")
    assert Note.objects.get(to=worker).text == "Elm Surgery has answered your questions."
    assert acts_about(amira) == ["ask_partner", "told_partner", "partner_answered"]
    assert told_of(amira) == []
    with pytest.raises(links.LinkEnded):
        answer(asked.token)


def test_one_answer_is_enough_and_none_is_not(put):
    asked = put()
    with refused(NotSaid, "Nothing was answered"):
        answer(asked.token, known_since=" ")
    with refused(NotSaid, "needs a name"):
        answer(asked.token, answered_by=" ")
    assert answer(asked.token, known_since="", is_family_known=False).is_family_known is False


def test_an_answer_holds_only_so_many_words(put):
    asked = put()
    with refused(TooLong, "more than 20,000 letters"):
        answer(asked.token, danger_and_doing="x" * 20_001)
    assert answer(asked.token, danger_and_doing="x" * 20_000).answered_at


def test_silence_is_said_as_silence(put):
    ask = put().ask
    at = datetime(2026, 3, 3, 10, 20, tzinfo=UTC)
    Ask.current.filter(pk=ask.pk).update(sent_at=at)
    assert (
        queries.in_words(queries.ask_of(ask.thread))
        == "No answer from Elm Surgery since Tue 3 Mar 2026, 10:20."
    )
    asked = put(asked_of="Police")
    assert "they do not know this family" in queries.in_words(answer(asked.token, is_family_known=False))


@pytest.mark.parametrize("kind", ["police", "sealed_adoption"])
def test_a_link_ends_once_somebody_it_is_about_is_kept_and_a_new_one_is_made_by_choice(
    put, worker, amira, kind
):
    first = put()
    kept = Restriction.objects.create(person=amira, kind=kind, reason="Kept")
    with refused(links.LinkEnded, "taken back"):
        answer(first.token)
    assert queries.ask_of(first.ask.thread).answered_at is None
    kept.allowed.add(worker)
    again = services.chase(ask=first.ask, how="by phone", by=worker)
    assert answer(again.token).answered_by == "Dr Bell"


def test_a_link_opens_again_once_the_restriction_is_lifted(put, amira):
    asked = put()
    kept = Restriction.objects.create(person=amira, kind="police", reason="Kept")
    kept.lifted_at = timezone.now()
    kept.save()
    assert answer(asked.token).answered_by == "Dr Bell"


def test_asking_again_ends_the_link_before(put, worker):
    first = put()
    again = services.chase(ask=first.ask, how="by phone", by=worker)
    with pytest.raises(links.LinkEnded):
        answer(first.token)
    assert answer(again.token).chased_how == "by phone"
    with refused(NotOpen, "answered already"):
        services.chase(ask=Ask.current.get(), how="by phone", by=worker)


def test_a_question_given_on_by_two_people_shows_the_clash(put, worker, manager):
    ask = put().ask
    services.sent_to_partner(ask=ask, how="email", by=worker)
    with pytest.raises(VersionClash):
        services.sent_to_partner(ask=ask, how="phone", by=manager)


def test_a_question_taken_back_opens_nothing(put, worker):
    asked = put()
    services.take_back(ask=asked.ask, by=worker)
    with pytest.raises(links.LinkEnded):
        answer(asked.token)
    assert queries.open_asks_of(worker.pk) == []


def test_an_answer_by_phone_is_written_down_and_ends_the_link(put, worker):
    asked = put()
    services.write_answer(ask=asked.ask, answered_by="Reception", is_family_known=False, by=worker)
    with pytest.raises(links.LinkEnded):
        answer(asked.token)
    assert not Note.objects.filter(to=worker).exists()


def test_an_urgent_question_is_due_in_four_hours_over_the_change_of_clocks(put):
    asked_at = datetime(2026, 3, 29, 0, 30, tzinfo=UTC)  # an hour before clocks go forward
    ask = put(is_urgent=True).ask
    Ask.current.filter(pk=ask.pk).update(asked_at=asked_at)
    [line] = clocks_about("sharing.ask", [ask.thread], asked_at + timedelta(hours=1))
    assert line.clock == "H-2" and f"{timezone.localtime(line.due_at):%H:%M}" == "05:30"
    assert OneTimeLink.objects.get().expires_at <= timezone.now() + timedelta(hours=8)


def test_a_question_that_can_wait_is_due_the_next_working_day(put):
    asked_at = datetime(2026, 4, 2, 9, tzinfo=UTC)
    ask = put().ask
    Ask.current.filter(pk=ask.pk).update(asked_at=asked_at)
    [line] = clocks_about("sharing.ask", [ask.thread], asked_at)
    assert (line.clock, line.due_on.isoformat()) == ("H-2b", "2026-04-07")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"why": " "}, "Why you ask"),
        ({"power": ""}, "The power"),
        ({"asked_of": ""}, "needs a name"),
        ({"kind": "x"}, "kind"),
    ],
)
def test_a_question_says_whom_why_and_under_what_power(put, changes, words):
    with refused(NotSaid, words):
        put(**changes)
    assert not Ask.objects.exists() and not OneTimeLink.objects.exists()


def test_who_may_not_ask(put, analyst, chair, amira):
    for somebody in (analyst, chair):
        with refused(NotAllowed, "does not let you ask partners"):
            put(by=somebody)
    Restriction.objects.create(person=amira, kind=Restriction.Kind.POLICE, reason="Operation")
    with refused(NotAllowed, "cannot show you anything"):
        put()
