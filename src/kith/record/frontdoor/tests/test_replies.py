"""A worker answers whoever told us, and passes on what is another authority's; Kith keeps that they did."""

from datetime import UTC, datetime

import pytest
from django.utils import timezone

from kith.record.chronology.policies import WrongCode, WrongDate
from kith.record.frontdoor import queries, services
from kith.record.frontdoor.models import Way
from kith.record.frontdoor.policies import NothingSaid
from kith.record.frontdoor.services import Named
from kith.record.owed import services as owed
from kith.record.owed.queries import owed_of
from kith.record.refusals import NotAllowed
from kith.record.tests.practice import refused
from kith.record.versions import VersionClash


@pytest.fixture
def message(worker):
    return services.write_message(
        children=[Named("Amira", "Khan")], what_was_said="Hungry", way=Way.PHONE, source="2A", by=worker
    )


def test_a_reply_is_kept_as_sent_and_is_owed_no_more(message, worker, team):
    owed.owe(what="reply_to_referrer", fact=message, persons=[], by=worker, team=team)
    reply = services.reply_to_teller(
        message=message, words="Thank you. We will find out what is needed.", sent_to="head@elm.example",
        way="email", by=worker,
    )  # fmt: skip
    assert queries.replies_to([message.thread])[message.thread] == [reply]
    assert owed_of([message], timezone.now()) == []


def test_a_reply_without_words_or_of_a_time_to_come_is_refused(message, worker, analyst):
    with refused(NothingSaid, "Nothing is written"):
        services.reply_to_teller(message=message, words=" ", by=worker)
    with refused(WrongDate, "has not come yet"):
        services.reply_to_teller(
            message=message, words="Thanks", by=worker, sent_at=datetime(9999, 1, 1, tzinfo=UTC)
        )
    with refused(NotAllowed, "does not let you"):
        services.reply_to_teller(message=message, words="Thanks", by=analyst)
    assert queries.replies_to([message.thread]) == {message.thread: []}


def test_what_is_sent_to_another_authority_says_the_power_and_when_they_own_it(message, manager, worker):
    given = {"message": message, "authority": "Southmere", "what_was_sent": "All of it"}
    with refused(WrongCode, "No choice was made for the power"):
        services.send_elsewhere(**given, lawful_basis="", by=manager)
    with refused(NotAllowed, "does not let you decide"):
        services.send_elsewhere(**given, lawful_basis="help", by=worker)
    owed.owe(what="pass_on", fact=message, persons=[], by=manager, owed_by=manager)
    sent = services.send_elsewhere(**given, lawful_basis="help", by=manager)
    assert owed_of([message], timezone.now()) == []
    owned = services.acknowledge(sent=sent, acknowledged_by="Kay there", by=worker)
    assert owned.acknowledged_at is not None
    assert queries.sent_elsewhere([message.thread])[message.thread] == [owned]
    with pytest.raises(VersionClash):
        services.acknowledge(sent=sent, acknowledged_by="Somebody else", by=worker)
