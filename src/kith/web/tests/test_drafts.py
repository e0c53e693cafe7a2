"""Saving what is typed through the addresses, and the door that pages use."""

import json
from dataclasses import replace

import pytest
from django.test import Client
from django.urls import reverse

from kith.record.drafts.models import Draft
from kith.record.people.models import Role, User, UserRole
from kith.web.drafts import forms, views
from kith.web.drafts.forms import DraftForm, draft_form
from kith.web.drafts.owner import owner_mark
from kith.web.gallery import TRIED, TRIED_BY_A_VISITOR

pytestmark = pytest.mark.django_db
SAVE = "/drafts/tried/new/"
VISITORS = "/drafts/open/tried-by-a-visitor/new/"


@pytest.fixture(autouse=True)
def demo(settings):
    settings.DEMO = True  # so that everybody may try the form of the gallery


def user_called(name):
    user = User.objects.create_user(f"{name}@example.test", "not-a-real-word-7", name=name)
    UserRole.objects.create(user=user, role=Role.SOCIAL_WORKER, started_on="2020-01-01")
    return user


@pytest.fixture
def sade():
    return user_called("Sade")


@pytest.fixture
def ruth():
    return user_called("Ruth")


def signed_in(user):
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def post(client, user, address=SAVE, **more):
    sent = {
        "fields": {"tried-words": ["Yusuf was at"]}, "revision": 0, "key": "key-1", "tab": "a",
        "saves_of_tab": 1, "owner": owner_mark(user) if user else "", **more,
    }  # fmt: skip
    return client.post(address, json.dumps(sent), content_type="application/json")


def the_form(client):
    """The gallery's form as a page shows it: its draft and its fields as HTML."""
    page = client.get("/gallery/")
    return page.context["draft"], page.content.decode()


def send(client, draft, **more):
    form = {
        "draft_key": draft.key, "draft_revision": draft.revision, "draft_owner": draft.owner,
        "tried-day": "3/3/2026", "tried-words": "Yusuf was at home.", "tried-seen": "yes", **more,
    }  # fmt: skip
    return client.post("/gallery/", form)


def test_a_save_is_answered_with_its_revision_and_its_time(sade):
    answer = post(signed_in(sade), sade)
    assert answer.status_code == 200
    told = answer.json()
    assert (told["revision"], told["key"]) == (1, "key-1")
    assert told["saved_at"] == Draft.objects.get().saved_at.isoformat()


def test_what_is_kept_may_be_asked_for_by_its_own_writer_alone(sade, ruth):
    post(signed_in(sade), sade)
    assert signed_in(sade).get(SAVE).json()["fields"] == {"tried-words": ["Yusuf was at"]}
    assert signed_in(ruth).get(SAVE).json() == {"revision": 0}


def test_another_tab_is_told_what_was_saved_and_loses_nothing(sade):
    client = signed_in(sade)
    post(client, sade)
    clash = post(client, sade, tab="b", key="key-2", fields={"tried-words": ["of tab b"]})
    assert clash.status_code == 409
    assert clash.json()["fields"] == {"tried-words": ["Yusuf was at"]}
    assert "Both are kept" in clash.json()["next_step"]
    page = the_form(client)[1]
    assert "You also wrote here in another tab" in page
    assert "of tab b" in page
    mine = post(
        client, sade, tab="b", key="key-2", take_mine=True, fields={"tried-words": ["of tab b, more"]}
    )
    assert mine.status_code == 200
    draft = Draft.objects.get()
    assert draft.fields == {"tried-words": ["of tab b, more"]}
    assert [each["fields"] for each in draft.set_aside] == [{"tried-words": ["Yusuf was at"]}]


def test_a_save_that_arrives_late_is_told_what_is_newer(sade):
    client = signed_in(sade)
    post(client, sade, saves_of_tab=5, fields={"tried-words": ["newer"]})
    late = post(client, sade, saves_of_tab=4, fields={"tried-words": ["older"]})
    assert (late.status_code, late.json()["fields"]) == (200, {"tried-words": ["newer"]})


def test_what_one_person_typed_is_not_saved_under_anothers_name(sade, ruth):
    answer = post(signed_in(ruth), sade)  # Sade's page, after Ruth signed in on the same device
    assert answer.status_code == 403
    assert "Somebody else is signed in" in answer.json()["reason"]
    assert Draft.objects.count() == 0


def test_a_save_after_the_sign_in_ended_leads_to_signing_in(sade):
    answer = post(Client(), sade)
    assert (answer.status_code, answer["Location"].split("?")[0]) == (302, "/accounts/login/")


def test_signing_in_on_top_of_a_page_tells_who_it_is_and_gives_a_token(sade, ruth):
    told = signed_in(sade).get("/drafts/signed-in/").json()
    assert (told["owner"], told["name"]) == (owner_mark(sade), "Sade")
    assert len(told["token"]) == 64
    assert told["owner"] != owner_mark(ruth)


def test_a_form_that_nobody_named_keeps_no_drafts(sade):
    assert post(signed_in(sade), sade, "/drafts/nothing/new/").status_code == 404
    assert post(signed_in(sade), sade, "/drafts/tried-by-a-visitor/new/").status_code == 404
    assert post(signed_in(sade), sade, "/drafts/open/tried/new/").status_code == 404


@pytest.mark.parametrize("about", ["%00", "a" * 81, "no-number", "-"])
def test_what_no_page_is_about_keeps_no_draft(sade, monkeypatch, about):
    visit = DraftForm(
        "visit", "A visit", page=lambda about: reverse("story", args=[about]),
        children=lambda about: [int(about)], is_open=False,
    )  # fmt: skip
    monkeypatch.setitem(forms.FORMS, "visit", visit)
    assert post(signed_in(sade), sade, f"/drafts/visit/{about}/").status_code == 404
    assert signed_in(sade).post(f"/drafts/visit/{about}/throw-away/").status_code == 404
    assert post(signed_in(sade), sade, "/drafts/visit/17/").status_code == 200
    monkeypatch.setitem(forms.FORMS, "visit", replace(visit, page=lambda about: reverse("gone")))
    assert views.draft_lines(sade) == []  # a page that is no more stands in nobody's way


def test_numbers_and_keys_of_any_kind_break_nothing(sade):
    client = signed_in(sade)
    assert post(client, sade, revision=10**40, saves_of_tab=10**40).status_code == 200
    assert post(client, sade, revision=1e400).status_code == 400
    assert post(client, sade, key="\0 ' -- é", tab="\0").status_code in {200, 409}
    draft, _ = the_form(client)
    again = send(client, draft, draft_key="\0", draft_revision="²")
    assert again.status_code in {200, 302}


def test_a_form_has_one_name():
    with pytest.raises(ValueError, match="Two forms"):
        draft_form("tried", "Again", page=str)


@pytest.mark.parametrize(
    ("size", "said"),
    [(250_000, "One box holds more than 200,000"), (10_000_000, "more than a million")],
)
def test_what_is_too_long_is_refused_kindly(sade, size, said):
    answer = post(signed_in(sade), sade, fields={"tried-words": ["a" * size]})
    assert answer.status_code == 413
    assert said in answer.json()["reason"]
    assert "document" in answer.json()["next_step"]


@pytest.mark.parametrize(
    "body",
    [
        "",
        "{",
        "[]",
        "null",
        '{"fields": 3}',
        '{"fields": {"a": "b"}}',
        "[" * 100_000,
        '{"fields": {"a": [1]}}',
    ],
    ids=["nothing", "half", "a list", "null", "a number", "no list", "very deep", "no key"],
)
def test_what_has_another_shape_is_refused_and_breaks_nothing(sade, body):
    answer = signed_in(sade).post(SAVE, body, content_type="application/json")
    assert answer.status_code in {400, 403}


def test_a_page_must_hold_a_token_to_save(sade):
    client = Client(enforce_csrf_checks=True)
    client.force_login(sade, backend="django.contrib.auth.backends.ModelBackend")
    assert post(client, sade).status_code == 403
    assert Draft.objects.count() == 0


# The door


def test_the_form_comes_back_as_typed_without_complaint(sade):
    client = signed_in(sade)
    fields = {
        "tried-day": ["31/31/2026"], "tried-words": ['</textarea><script>alert("1")</script>'],
        "tried-seen": ["no"], "tried-by": ["me", "another"],
    }  # fmt: skip
    post(client, sade, fields=fields)
    draft, page = the_form(client)
    assert (draft.revision, draft.key) == (1, "key-1")
    assert 'value="31/31/2026"' in page
    assert "&lt;/textarea&gt;&lt;script&gt;" in page
    assert "<script>alert" not in page
    assert page.split('id="drafts"')[1].count(" checked>") == 3
    assert "Enter a valid date" not in page.split('id="drafts"')[1]
    assert "What you typed is back" in page


def test_an_empty_form_says_that_it_saves_when_it_is_sent(sade):
    _, page = the_form(signed_in(sade))
    assert "This form saves when you press “Send what I tried”." in page
    assert "data-draft " in page
    assert " checked>" not in page.split('id="drafts"')[1]  # nothing is chosen for anybody
    assert Draft.objects.count() == 0  # looking writes nothing


def test_a_form_sent_twice_is_led_to_the_same_place_and_finished_once(sade):
    client = signed_in(sade)
    draft, _ = the_form(client)
    assert [send(client, draft)["Location"] for _ in range(2)] == ["/gallery/#drafts"] * 2
    assert Draft.objects.exclude(finished_at=None).count() == 1
    assert the_form(client)[0].key != draft.key


def test_what_was_sent_and_not_taken_is_kept_without_scripts(sade):
    client = signed_in(sade)
    draft, _ = the_form(client)
    page = send(client, draft, **{"tried-day": "31/31/2026"})
    assert "Enter a valid date" in page.content.decode().split('id="drafts"')[1]
    assert the_form(client)[0].typed["tried-day"] == "31/31/2026"
    assert send(client, page.context["draft"]).status_code == 302
    assert the_form(client)[0].typed is None


def test_a_form_that_somebody_else_opened_is_not_sent_under_ones_own_name(sade, ruth):
    draft, _ = the_form(signed_in(sade))
    answer = send(signed_in(ruth), draft)
    assert answer.status_code == 403
    assert "Somebody else was signed in when this form was opened" in answer.content.decode()
    assert Draft.objects.count() == 0


# The list


def test_my_drafts_are_listed_and_may_be_thrown_away(sade, ruth):
    client = signed_in(sade)
    post(client, sade)
    page = client.get("/drafts/").content.decode()
    assert "A form to try" in page
    assert "Nothing is waiting" in signed_in(ruth).get("/drafts/").content.decode()
    assert "nobody can bring it back" in client.get("/drafts/tried/new/throw-away/").content.decode()
    assert signed_in(ruth).post("/drafts/tried/new/throw-away/").status_code == 302
    assert the_form(client)[0].typed is not None  # somebody else's press forgot nothing of hers
    assert client.post("/drafts/tried/new/throw-away/")["Location"] == "/drafts/"
    assert the_form(client)[0].typed is None
    assert Draft.objects.get().fields == {}


def test_what_is_not_sent_yet_stands_in_my_work(sade, ruth):
    client = signed_in(sade)
    assert "Not sent yet" not in client.get("/").content.decode()
    post(client, sade)
    assert "Not sent yet (1)" in client.get("/").content.decode()
    assert "Not sent yet" not in signed_in(ruth).get("/").content.decode()


def test_a_draft_of_a_form_that_is_no_more_stands_in_no_ones_way(sade):
    Draft.objects.create(user=sade, form="of-old", about="new", key="key-1")
    assert views.draft_lines(sade) == []


# Somebody who has not signed in


def test_a_visitor_saves_on_the_server_alone_and_leaves_nothing_behind(client):
    draft, page = the_form(client)
    assert draft.of is TRIED_BY_A_VISITOR
    assert 'data-secret=""' in page  # so the device keeps nothing
    assert post(client, None, VISITORS, owner=draft.owner).status_code == 200
    assert the_form(client)[0].typed["tried-words"] == "Yusuf was at"
    assert the_form(Client())[0].typed is None
    left = client.post(reverse("leave_page"))
    assert "Kith" not in left.content.decode()
    assert left["Cache-Control"].startswith("max-age=0, no-cache, no-store")
    assert Draft.objects.count() == 0
    assert the_form(client)[0].typed is None


def test_leaving_without_having_typed_anything_is_no_error(client):
    assert client.post(reverse("leave_page")).status_code == 200


def test_a_visitor_who_saves_without_end_is_asked_to_wait(client, monkeypatch):
    monkeypatch.setattr(views.ratelimit, "consume", lambda request, action: False)
    draft, _ = the_form(client)
    assert post(client, None, VISITORS, owner=draft.owner).status_code == 429


def test_a_visitor_who_sends_without_end_what_is_not_taken_keeps_no_more_of_it(client, monkeypatch):
    monkeypatch.setattr(
        "allauth.core.ratelimit.consume", lambda request, *, action, **more: action != "save_open_draft"
    )
    client.post(reverse("ask_for_help"), {"what_would_help": "", "anything_else": "x" * 4_000})
    assert not Draft.objects.exists()


def test_a_number_larger_than_any_id_keeps_no_draft(sade):
    client = signed_in(sade)
    address = reverse("save_draft", args=["visit", "9" * 25])
    sent = {"fields": {"a": ["b"]}, "revision": 0, "key": "", "owner": owner_mark(sade)}
    assert client.post(address, json.dumps(sent), content_type="application/json").status_code == 404
    assert client.get("/").status_code == 200


def test_a_forms_draft_about_a_child_carries_whom_it_is_about(sade, monkeypatch):
    about_a_child = DraftForm(
        "visit", "A visit", page=str, children=lambda about: [int(about)], is_open=False
    )
    monkeypatch.setitem(forms.FORMS, "visit", about_a_child)
    post(signed_in(sade), sade, "/drafts/visit/17/")
    assert Draft.objects.get().children == [17]
    assert TRIED.children("new") == ()
