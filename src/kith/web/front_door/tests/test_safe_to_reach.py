"""How it is safe to be in touch stands wherever somebody at the front door could ring or write."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kith.record.access.models import Restriction
from kith.record.clocks.queries import clocks_about
from kith.record.frontdoor import services as frontdoor
from kith.record.frontdoor.models import Message
from kith.record.frontdoor.services import Named
from kith.record.help import services as help_room
from kith.record.people import services as people
from kith.record.people.models import Role

pytestmark = pytest.mark.django_db
SAFE = f"Text only, after six. {'Never ring the house, he listens. ' * 8}Say you are from the school."


def signed_in(user):
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def door(manager):
    return signed_in(manager)


@pytest.fixture
def asked(client):
    """A mother who asked for help on the public page."""
    return help_room.ask_for_help(what_would_help="Somewhere safe", how_and_when_safe=SAFE, name="Mum")


def tell_front_door(door, asked, **changes):
    data = {"reason": "He hit her.", "children": "Amira Khan, 7", "is_family_told": "yes", **changes}
    return door.post(reverse("help_front_door", args=[asked.thread]), data)


def test_a_request_becomes_a_message_only_with_a_reason_and_by_a_manager(door, asked, staff):
    duty = signed_in(staff(Role.DUTY_WORKER))
    assert tell_front_door(duty, asked).status_code == 403
    assert tell_front_door(door, asked, reason=" ").status_code == 422
    assert not Message.objects.exists()
    assert tell_front_door(door, asked).status_code == 302
    message = Message.current.get()
    assert "Why the front door is told: He hit her." in message.what_was_said
    assert message.received_at == asked.asked_at  # the clock of the front door runs from when they asked
    [line] = clocks_about("help.helprequest", [asked.thread], timezone.now())
    assert not line.is_open  # telling the front door answers the request


def test_how_it_is_safe_to_reach_them_is_whole_on_every_page_and_the_reply_fits_them(door, asked):
    tell_front_door(door, asked)
    message = Message.current.get()
    assert message.teller_way_back == SAFE.strip()
    page = door.get(reverse("reply", args=[message.thread])).content.decode()
    assert "Say you are from the school." in page and "use only this way" in page
    assert "You asked us for help on" in page and "somebody’s private life" not in page


def test_what_is_said_of_a_childs_mother_stands_before_the_decision(door, worker, amira, someone, manager):
    mother = someone("Nadia", "Khan", sex="F")
    people.relate(amira, mother, by=worker, kind="mother")
    people.record_safe_contact(
        mother, way="call", is_safe=False, where="01632 960000", said_by="herself", by=worker,
        started_on=timezone.localdate(),
    )  # fmt: skip
    frontdoor.write_message(
        children=[Named(person=amira)], what_was_said="Cold.", way="phone", source="6", by=worker
    )
    thread = Message.current.get().thread
    for name in ("decide", "message"):
        page = door.get(reverse(name, args=[thread])).content.decode()
        assert "How it is safe to be in touch" in page
        assert "01632 960000" in page or "Nadia" not in page
    Restriction.objects.create(person=mother, kind="police", reason="Operation")
    assert "01632 960000" not in door.get(reverse("decide", args=[thread])).content.decode()


def said_on(client, amira, worker):
    frontdoor.write_message(
        children=[Named(person=amira)], what_was_said="Cold.", way="phone", source="6", by=worker
    )
    thread = Message.current.get().thread
    return [client.get(reverse(name, args=[thread])).content.decode() for name in ("decide", "message")]


def test_what_the_family_said_asking_for_help_stands_before_a_contact_about_its_children(
    door, worker, amira, asked, manager
):
    help_room.begin_help(
        people=[amira], basis="voluntary", agreed_by="Mum", agreed_how="phone", request=asked, by=manager
    )
    for page in said_on(door, amira, worker):
        assert "Say you are from the school." in page and "told us asking for help on" in page
        assert "Nobody has confirmed" not in page


def test_a_request_of_somebody_with_the_whole_name_of_a_relative_is_shown_as_not_confirmed(
    door, worker, amira, someone
):
    gran = someone("Noor", "Begum", sex="F")
    people.relate(amira, gran, by=worker, kind="grandparent")
    for name in ("noor begum", "Noor"):
        help_room.ask_for_help(what_would_help="Food", how_and_when_safe=f"Ring {name}’s shop", name=name)
    for page in said_on(door, amira, worker):
        assert "Ring noor begum’s shop" in page and "Nobody has confirmed that it is the same person" in page
        assert "Ring Noor’s shop" not in page


@pytest.mark.parametrize("name", ["ask_for_help", "tell_us"])
def test_the_public_pages_say_999_first(client, name):
    page = client.get(reverse(name)).content.decode()
    assert 'href="tel:999"' in page and page.index("999") < page.index("<form")
