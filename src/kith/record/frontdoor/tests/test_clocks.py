"""A message's clocks at their edges: weekends, Easter, the year's end, nights on which the clocks change."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from kith.record.clocks.queries import clocks_about, due_for_people
from kith.record.frontdoor import services
from kith.record.frontdoor.models import Danger, Message, SentElsewhere, Way
from kith.record.frontdoor.services import Named

TABLE = "frontdoor.message"


def told(received_at, **changes):
    given = {"way": Way.PHONE, "source": "2A", "what_was_said": "Hungry", **changes}
    return Message.objects.create(received_at=received_at, **given)


def lines(message, at):
    return {line.clock: line for line in clocks_about(TABLE, [message.thread], at)}


@pytest.mark.parametrize(
    ("received_at", "due_on"),
    [
        (datetime(2026, 4, 2, 9, tzinfo=UTC), date(2026, 4, 7)),  # Thursday before Easter
        (datetime(2026, 12, 24, 9, tzinfo=UTC), date(2026, 12, 29)),  # Christmas, and its substitute day
        (datetime(2026, 12, 26, 9, tzinfo=UTC), date(2026, 12, 29)),  # on a holiday itself
        (datetime(2026, 12, 31, 9, tzinfo=UTC), date(2027, 1, 4)),  # over the year's end
        (datetime(2027, 12, 24, 9, tzinfo=UTC), date(2027, 12, 29)),
        (datetime(2026, 3, 7, 9, tzinfo=UTC), date(2026, 3, 9)),  # a Saturday
        (datetime(2026, 7, 2, 23, 30, tzinfo=UTC), date(2026, 7, 6)),  # it is Friday in London already
        (datetime(2026, 3, 29, 0, 59, tzinfo=UTC), date(2026, 3, 30)),  # the minute before clocks go forward
        (datetime(2026, 10, 25, 0, 30, tzinfo=UTC), date(2026, 10, 26)),  # the first 01:30 of two
    ],
)
def test_a_decision_is_due_one_working_day_after_the_message_came(db, received_at, due_on):
    found = lines(told(received_at), received_at + timedelta(minutes=1))
    assert found["FD-01"].due_on == found["FD-03"].due_on == due_on
    assert found["FD-03"].what == "Decide what happens next"
    step_up = lines(told(received_at, way=Way.STEP_UP), received_at + timedelta(minutes=1))
    assert step_up["FD-04"].due_on == due_on and "FD-03" not in step_up


def test_danger_now_is_decided_now_with_the_usual_limit_beside_it(db):
    eve = datetime(2026, 12, 24, 16, tzinfo=UTC)
    now = lines(told(eve, danger=Danger.NOW), eve + timedelta(minutes=1))["FD-03"]
    assert now.is_at_once and now.words == "Now: the usual limit, Tue 29 Dec 2026, is no reason to wait"
    calm = lines(told(eve, danger=Danger.NOT_TODAY), eve + timedelta(minutes=1))["FD-03"]
    assert not calm.is_at_once and calm.words == "Due Tue 29 Dec 2026, 1 working day left"
    late = lines(told(eve, danger=Danger.NOW), eve + timedelta(days=6))["FD-03"]
    assert late.is_late and not late.is_at_once and late.words.startswith("Was due Tue 29 Dec 2026")
    decided = told(eve, danger=Danger.NOW, decided_at=eve + timedelta(hours=1))
    assert not lines(decided, eve + timedelta(hours=2))["FD-03"].is_at_once


def test_a_decision_meets_the_clock_and_a_reply_the_other_where_somebody_can_be_reached(db, manager):
    received = datetime(2026, 3, 2, 9, tzinfo=UTC)
    message = told(received, teller_way_back="head@elm.example", decided_at=received + timedelta(hours=2))
    found = lines(message, datetime(2026, 3, 4, 9, tzinfo=UTC))
    assert (found["FD-03"].is_open, found["FD-01"].is_late) == (False, True)
    services.reply_to_teller(message=message, words="Thank you", by=manager)
    assert not lines(message, timezone.now())["FD-01"].is_open
    silent = told(received, decided_at=received + timedelta(hours=2))
    assert not lines(silent, datetime(2026, 3, 4, 9, tzinfo=UTC))["FD-01"].is_open


def test_a_withdrawn_message_has_no_clock(db):
    received = datetime(2026, 3, 2, 9, tzinfo=UTC)
    gone = told(received, withdrawn_at=received + timedelta(hours=1), withdrawn_because="Twice")
    assert lines(gone, datetime(2026, 3, 4, 9, tzinfo=UTC)) == {}


@pytest.mark.parametrize(
    ("sent_at", "due_on"),
    [
        (datetime(2026, 12, 23, 9, tzinfo=UTC), date(2026, 12, 30)),
        (datetime(2026, 4, 1, 9, tzinfo=UTC), date(2026, 4, 8)),
    ],
)
def test_what_we_send_elsewhere_is_asked_after_in_three_working_days(db, sent_at, due_on):
    message = told(sent_at)
    sent = SentElsewhere.objects.create(
        message_thread=message.thread, authority="Southmere", what_was_sent="All", lawful_basis="help",
        sent_at=sent_at,
    )  # fmt: skip
    assert lines(message, sent_at + timedelta(hours=1))["FD-02"].due_on == due_on
    SentElsewhere.current.filter(pk=sent.pk).update(acknowledged_at=sent_at + timedelta(hours=2))
    assert not lines(message, sent_at + timedelta(days=30))["FD-02"].is_open


def test_a_child_named_in_a_message_shows_one_clock_until_it_is_decided(amira, worker):
    services.write_message(
        children=[Named(person=amira)], what_was_said="Hungry", way=Way.PHONE, source="2A", by=worker
    )
    [line] = [one for one in due_for_people([amira.pk], timezone.now()) if one.clock.startswith("FD")]
    assert (line.clock, line.person_id, line.act) == ("FD-03", amira.pk, "Decide")
