"""A decision about a message: now, or when it was taken, however late it is written down."""

from datetime import timedelta

import pytest
from django.utils import timezone

from kith.record.chronology.policies import WrongDate
from kith.record.frontdoor import services
from kith.record.frontdoor.models import Decision, Message
from kith.record.frontdoor.services import Named
from kith.record.tests.practice import refused


@pytest.fixture
def message(worker):
    received = timezone.now() - timedelta(days=3)
    child = Named(given_names="Noor")
    return services.write_message(
        children=[child], what_was_said="Worried", way="phone", source="1A", received_at=received, by=worker
    )


def decide(message, by, **changes):
    return services.enter_decision(
        message=message,
        decision="nothing",
        threshold="1",
        reason="Explained",
        consent_position="agree",
        lawful_basis="help",
        by=by,
        **changes,
    )


def test_a_decision_is_of_now_unless_it_is_said_when(message, manager):
    before = timezone.now() - timedelta(days=2)
    assert decide(message, manager, decided_at=before).decided_at == before
    assert Message.current.get(thread=message.thread).decided_at == before


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (-9, "before the message"),
        (9, "has not come yet"),
    ],
)
def test_a_decision_is_neither_before_its_message_nor_to_come(message, manager, days, words):
    with refused(WrongDate, words):
        decide(message, manager, decided_at=timezone.now() + timedelta(days=days))
    assert not Decision.objects.exists()
