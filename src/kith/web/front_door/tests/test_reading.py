"""How worried they were, on the list; ways from work to the message; and its words as one may read them."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kith.record.access.models import Restriction
from kith.record.frontdoor import services as frontdoor
from kith.record.frontdoor.models import Contact, DecidedFor
from kith.record.frontdoor.services import Named
from kith.record.owed import services as owed
from kith.record.pathway.deciding_contacts import decide_contact
from kith.record.sharing import services as sharing

pytestmark = pytest.mark.django_db
SAID = "Amira was cold, and Zeb took her lunch."


def page(user, name, *args, **more):
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    html = client.get(reverse(name, args=args), **more).content.decode()
    return re.sub(r"\s+", " ", html)


@pytest.fixture
def zeb(someone):
    """A child of another worker's, whose record Amira's worker may not open once nothing waits."""
    return someone("Zeb", "Marsh", date_of_birth=timezone.localdate() - timedelta(days=3000))


def write(by, *children, **more):
    return frontdoor.write_message(
        children=[Named(person=child) for child in children], what_was_said=SAID, way="phone",
        source="2A", received_at=timezone.now() - timedelta(hours=3), by=by, **more,
    )  # fmt: skip


def decided(message, manager):
    return decide_contact(
        message=message, decision="advice", threshold="2", reason="ZEB is safe, and Amira is fed.",
        consent_position="agree", lawful_basis="help", by=manager, children={},
    )  # fmt: skip


@pytest.mark.parametrize(
    ("danger", "words"),
    [
        ("now", "They say somebody is in danger now."),
        ("not_today", "Worried; they say nobody is in danger today."),
        ("cannot_tell", "Worried; they cannot tell whether somebody is in danger."),
        ("", "Nobody asked whether somebody is in danger now."),
    ],
)
def test_each_line_of_the_list_says_in_words_how_worried_they_were_and_what_of(manager, amira, danger, words):
    write(manager, amira, danger=danger)
    for name in ("front_door", "my_work"):
        read = page(manager, name)
        clock = "is no reason to wait" if danger == "now" else "working day left"
        assert words in read and SAID in read and clock in read


def test_a_line_of_the_list_says_nothing_of_what_names_somebody_kept_from_the_reader(manager, amira, zeb):
    write(manager, amira, zeb)
    Restriction.objects.create(person=zeb, kind="police", reason="Operation")
    assert "took her lunch" not in page(manager, "front_door")


def test_the_chronology_leads_to_the_message_itself(worker, manager, amira):
    message = write(worker, amira)
    decided(message, manager)
    contact, part = Contact.current.get(person=amira), DecidedFor.current.get(person=amira)
    lines = {
        "message_of_line": contact.thread,
        "message_of_decision": part.thread,
    }
    shown = page(worker, "chronology", amira.pk)
    client = Client()
    client.force_login(worker, backend="django.contrib.auth.backends.ModelBackend")
    for name, thread in lines.items():
        address = reverse(name, args=[amira.pk, thread])
        assert address in shown
        assert client.get(address).url == reverse("message", args=[message.thread])
        assert client.get(reverse(name, args=[amira.pk, 1])).url.startswith(f"/child/{amira.pk}/")


def test_the_handover_and_what_is_owed_on_my_work_lead_to_the_message(worker, manager, amira):
    message = write(worker, amira)
    done = decided(message, manager)
    owed.owe(what="family_told", fact=done.decision, persons=[amira.pk], by=manager, owed_by=worker)
    address = f'href="{reverse("message", args=[message.thread])}"'
    assert address in page(worker, "my_work")
    read = page(worker, "handover", amira.pk)
    assert address in read and "Amira was cold" in read
    paper = page(worker, "handover", amira.pk, query_params={"paper": ""})
    assert "Amira was cold" not in paper  # somebody else's words go on no paper


def test_who_may_open_one_child_reads_the_words_with_the_others_names_held_back(worker, manager, amira, zeb):
    message = write(worker, amira, zeb)
    asked = sharing.ask_partner(
        about=message, asked_of="Brook School", kind="school", why="A worry.", power="Help",
        shown=[{"name": "Zeb Marsh"}], children=[amira], by=worker,
    )  # fmt: skip
    sharing.write_answer(
        ask=asked.ask, answered_by="A. Head", by=worker, is_family_known=True, danger_and_doing="Zeb hits."
    )
    assert "Zeb took her lunch" in page(worker, "message", message.thread)  # it waits: they may open both
    decided(message, manager)
    frontdoor.reply_to_teller(message=message, words="Zeb is helped.", sent_to="", way="", by=worker)
    read = page(worker, "message", message.thread)
    assert "Amira was cold, and (name held back) took her lunch." in read
    assert "(name held back) is safe, and Amira is fed." in read and "(name held back) hits." in read
    assert "(name held back) is helped." in read and "Zeb" not in read and "ZEB" not in read
    assert "their names are held back" in read
    message.refresh_from_db()
    assert message.what_was_said == SAID
