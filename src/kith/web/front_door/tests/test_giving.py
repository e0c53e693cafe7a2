"""Help under section 17, given at the decision or written down later; no case is needed, and no record."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kith.record.access.models import Restriction
from kith.record.chronology.policies import WrongDate
from kith.record.frontdoor import services as frontdoor
from kith.record.frontdoor.models import HelpedUnder17, Message, Section17Help
from kith.record.frontdoor.policies import NothingSaid, WrongAmount
from kith.record.frontdoor.services import Named
from kith.record.pathway.known import known_of
from kith.record.people.models import Person
from kith.record.refusals import NotAllowed
from kith.record.tests.practice import refused, told_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def door(manager):
    client = Client()
    client.force_login(manager, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def told(worker, amira, twin):
    return frontdoor.write_message(
        children=[Named(person=amira), Named(person=twin), Named("Sana", "Khan", is_new=True)],
        what_was_said="Nothing to eat.", way="phone", source="1A", by=worker,
        received_at=timezone.now() - timedelta(hours=1),
    )  # fmt: skip


def decide(client, message, **changes):
    data = {
        "decision": "advice", "threshold": "2", "reason": "Food tonight.", "consent_position": "agree",
        "lawful_basis": "help", "seen": "{}", **changes,
    }  # fmt: skip
    return client.post(reverse("decide", args=[message.thread]), data)


def test_money_for_food_is_on_record_for_each_child_with_the_decision(door, told, amira, twin):
    assert decide(door, told, given="food", given_amount="40", given_in_words="A voucher").status_code == 302
    given = Section17Help.current.get()
    assert (given.amount, given.in_words, given.message_thread) == (Decimal(40), "A voucher", told.thread)
    assert {one.person for one in HelpedUnder17.current.all()} == {amira, twin}
    line = told_of(amira)[-1] if told_of(amira)[-1][1] == "section_17_help" else told_of(amira)[-2]
    assert line[1:] == ("section_17_help", "Help was given under section 17: food")
    assert "Section 17 help on" in known_of([amira.pk], timezone.localdate())[amira.pk].help[-1]
    assert not Person.objects.exclude(pk__in=[amira.pk, twin.pk]).exists()  # nobody is registered by it


def test_a_decision_without_it_gives_nothing(door, told):
    decide(door, told)
    assert not Section17Help.objects.exists()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"given_amount": "40"}, "Choose what kind of help it is"),
        ({"given": "other"}, "Write what it is"),
        ({"given": "food", "given_amount": "forty"}, "Write it as 40 or 39.50"),
        ({"given": "food", "given_amount": "0"}, "Write more than nothing"),
        ({"given": "food", "given_amount": "1e9"}, "problem"),
        ({"given": "gold"}, "problem"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_decided(door, told, changes, words):
    answer = decide(door, told, **changes)
    assert answer.status_code == 422 and words in answer.content.decode()
    assert Message.current.get().is_waiting and not Section17Help.objects.exists()


def test_it_may_be_written_down_afterwards_with_its_day(door, told):
    decide(door, told)
    page = reverse("give_help", args=[told.thread])
    today = timezone.localdate()
    day = f"{today.day}/{today.month}/{today.year}"
    answer = door.post(page, {"kind": "fuel", "amount": "20.50", "given_on": day, "seen": "{}"})
    shown = door.get(answer["Location"]).content.decode()
    assert "Gas, electricity or heating, £20.50" in shown


@pytest.mark.parametrize(
    ("given", "refusal", "words"),
    [
        ({"amount": Decimal(-1)}, WrongAmount, "cannot be right"),
        ({"amount": Decimal(100000)}, WrongAmount, "cannot be right"),
        ({"kind": "other", "in_words": " \x00"}, NothingSaid, "Nothing is written"),
        ({"given_on": timezone.localdate() + timedelta(days=2)}, WrongDate, "has not come yet"),
        ({"given_on": timezone.localdate().replace(year=1900)}, WrongDate, "before the message"),
    ],
)
def test_what_cannot_be_is_refused(told, manager, given, refusal, words):
    with refused(refusal, words):
        frontdoor.give_section_17_help(**{"message": told, "kind": "food", "by": manager, **given})
    assert not Section17Help.objects.exists()


def test_who_may_give(told, worker, manager, door, amira):
    with refused(NotAllowed, "does not let you decide"):
        frontdoor.give_section_17_help(message=told, kind="food", by=worker)
    Restriction.objects.create(person=amira, kind="police", reason="Operation")
    with refused(NotAllowed, "cannot show you anything"):
        frontdoor.give_section_17_help(message=told, kind="food", by=manager)
    assert door.get(reverse("give_help", args=[told.thread])).status_code == 403
