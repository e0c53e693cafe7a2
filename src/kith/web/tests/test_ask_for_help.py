"""Asking for help: without an account, without a trace on the phone, and answered by a day it names."""

from datetime import time, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from kith.record.centres import services as centres
from kith.record.drafts.models import Draft
from kith.record.help.models import HelpRequest
from kith.record.people.models import Role
from kith.web.tests.families import user

pytestmark = pytest.mark.django_db
ASKS = {"what_would_help": "Food for the week", "how_and_when_safe": "Text 07700 900123 after 6"}


@pytest.fixture
def ask(client):
    return lambda **more: client.post(reverse("ask_for_help"), {**ASKS, **more}, follow=True)


def test_the_page_says_999_first_and_that_nobody_is_in_trouble(client):
    page = client.get(reverse("ask_for_help")).content.decode()
    assert page.index("999") < page.index("You do not have to be in trouble") < page.index("What would help?")


@pytest.mark.parametrize("word", ["referral", "assessment", "case", "enquiry", "threshold", "safeguarding"])
def test_words_that_frighten_families_are_on_neither_page(client, ask, word):
    for page in (client.get(reverse("ask_for_help")), ask()):
        assert word not in page.content.decode().casefold().replace("in case", "")


def test_what_was_asked_is_kept_and_nothing_of_it_is_said_back(ask):
    page = ask(name="Sal of the mill", where="Elmwick", anything_else="He must not know")
    assert HelpRequest.current.get().name == "Sal of the mill"
    text = page.content.decode()
    assert "We have what you wrote" in text
    for typed in (*ASKS.values(), "Sal of the mill", "Elmwick", "He must not know"):
        assert typed not in text


def test_it_says_by_which_day_somebody_answers(ask):
    text = ask().content.decode()
    assert "by the end of" in text
    assert "2026" in text or "20" in text


@pytest.mark.parametrize("name", ["ask_for_help", "asked_for_help"])
def test_no_browser_keeps_the_pages(client, name):
    assert "no-store" in client.get(reverse(name))["Cache-Control"]


@pytest.mark.parametrize("missing", ASKS)
def test_two_questions_need_an_answer_and_what_was_typed_stays(client, missing):
    answer = client.post(reverse("ask_for_help"), {**ASKS, missing: "", "name": "Sal of the mill"})
    assert answer.status_code == 422
    assert "Sal of the mill" in answer.content.decode()
    assert not HelpRequest.objects.exists()


def test_sent_twice_it_is_one_request(client, ask):
    sent = {"draft_key": "k" * 30}
    ask(**sent)
    ask(**sent)
    assert HelpRequest.objects.count() == 1


def test_what_fills_in_the_box_nobody_sees_is_no_person(ask):
    ask(website="https://example.org")
    assert not HelpRequest.objects.exists()


def test_from_one_address_so_many_a_day_and_then_a_number_to_ring(client, ask, settings):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "ask_for_help": "2/d/ip"}
    for number in range(2):
        ask(name=f"{number}")
    answer = ask(name="third")
    assert answer.status_code == 429
    assert "ring" in answer.content.decode()
    assert HelpRequest.objects.count() == 2


def test_leaving_the_page_forgets_what_was_typed_and_what_was_asked(client, ask):
    client.get(reverse("ask_for_help"))
    client.post(reverse("ask_for_help"), {"what_would_help": "Halfway typed"})
    assert "Halfway typed" in client.get(reverse("ask_for_help")).content.decode()
    client.post(reverse("leave_page"))
    assert not Draft.objects.exists()
    assert "Halfway typed" not in client.get(reverse("ask_for_help")).content.decode()
    ask()
    client.post(reverse("leave_page"))
    assert client.get(reverse("asked_for_help"))["Location"] == reverse("ask_for_help")


def test_hostile_words_are_kept_and_never_run(client):
    typed = "<script>alert(1)</script>{{ 7|add:7 }}'\"><svg onload=alert(1)>"
    answer = client.post(reverse("ask_for_help"), {"what_would_help": typed, "how_and_when_safe": ""})
    assert b"<script>alert" not in answer.content
    client.post(reverse("ask_for_help"), {**ASKS, "what_would_help": typed})
    assert HelpRequest.current.get().what_would_help == typed


def test_more_than_a_page_of_words_is_refused_and_kept_on_the_page(client):
    long = "a" * 6_000
    answer = client.post(reverse("ask_for_help"), {**ASKS, "what_would_help": long})
    assert answer.status_code == 422
    assert long in answer.content.decode()


def test_ten_megabytes_are_refused_at_the_door(client):
    answer = client.post(reverse("ask_for_help"), {**ASKS, "what_would_help": "a" * 11_000_000})
    assert answer.status_code == 400
    assert not HelpRequest.objects.exists()


def test_what_is_still_on_its_way_as_somebody_leaves_is_forgotten_too(client):
    """The last letters are sent as the button is pressed, and may come in after it."""
    key = client.get(reverse("ask_for_help")).context["draft"]
    visit = dict(client.session)
    client.post(reverse("leave_page"))
    session = client.session
    session.update(visit)  # as a request sees it that came in before
    session.save()
    sent = {"fields": {"what_would_help": ["He hurts us"]}, "revision": 0, "key": key.key, "owner": key.owner}
    client.post(key.save_url, sent, content_type="application/json")
    assert not Draft.objects.exists()


def test_the_thanks_name_this_weeks_open_sessions_by_centre_and_near_only_where_they_are(ask):
    assert "Open" not in ask(where="NB1").content.decode()  # nothing is open: nothing is said of it
    lead = user("Hope Lead", Role.FAMILY_HELP_LEAD)
    for name, postcode in (("Mill Lane", "NB1 4AA"), ("Elm Road", "NB7 2CC")):
        centre = centres.open_centre(name=name, address="1 High Street", postcode=postcode, by=lead)
        for session in ("Cooking", "Playgroup"):
            centres.run_session(
                centre=centre, name=session, repeats="weekly", opens_at=time(10), closes_at=time(12),
                is_bookable=False, started_on=timezone.localdate() - timedelta(days=7), by=lead,
            )  # fmt: skip
    near = ask(where="NB1 4", name="A").content.decode()
    assert "Open near you this week" in near and near.count("Mill Lane, 1 High Street") == 1
    assert "Cooking" in near and "Playgroup" in near and "Elm Road" not in near
    far = ask(where="ZZ9", name="B").content.decode()
    assert "Open this week" in far and "near you" not in far and "Elm Road" in far
