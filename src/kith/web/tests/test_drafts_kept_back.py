"""A draft that is written by a power alone shows nothing once its child is kept from whoever wrote it."""

from copy import deepcopy

import pytest
from django.urls import reverse
from django.utils import timezone

from kith.record.access import services as access
from kith.record.drafts import services
from kith.record.drafts.models import Draft
from kith.record.frontdoor import services as frontdoor
from kith.record.frontdoor.models import Concerned, Match
from kith.record.frontdoor.services import Named
from kith.record.help import services as help_room
from kith.record.help.models import HelpRequest
from kith.record.people.models import Role
from kith.web import urls  # noqa: F401  # every form that keeps drafts is named with its page
from kith.web.drafts.forms import FORMS
from kith.web.drafts.owner import owner_mark
from kith.web.tests.families import the_okoros, user

pytestmark = pytest.mark.django_db
TYPED = "Ada hides in Leeds"


@pytest.fixture(scope="module")
def okoros_once(module_db):
    return the_okoros(timezone.localdate())


@pytest.fixture
def okoros(okoros_once, db):
    return deepcopy(okoros_once)


@pytest.fixture
def desk(okoros):
    """Somebody of the front door, who works with none of the children."""
    return user("Dot Desk", Role.TEAM_MANAGER, Role.DUTY_WORKER, Role.FAMILY_HELP_LEAD)


def message(okoros, *children):
    return frontdoor.write_message(
        children=[Named(person=child) for child in children] or [Named(said_as="A girl of nine")],
        what_was_said="Screaming", way="phone", source="1B", by=okoros.manager,
    )  # fmt: skip


def request(okoros):
    asked = help_room.ask_for_help(what_would_help="A rest", how_and_when_safe="Ring at noon", name="Grace")
    help_room.begin_help(
        people=[okoros.ada, okoros.ben], basis="voluntary", agreed_by="Grace", agreed_how="phone",
        request=asked, by=okoros.worker,
    )  # fmt: skip
    return HelpRequest.current.get(thread=asked.thread)


def typed(by, form, about, field="words"):
    of = FORMS[form]
    return services.save_draft(
        by=by, form=form, about=str(about), fields={field: [TYPED]}, revision=0, key=services.new_key(),
        children=list(of.children(str(about))),
    )  # fmt: skip


def keep_back(okoros, child):
    access.place_restriction(
        child, by=okoros.manager, kind="staff_family", reason="Ours", custodian=okoros.custodian
    )


def kept(client, who, form, about):
    """What the page's script is told is kept."""
    client.force_login(who, backend="django.contrib.auth.backends.ModelBackend")
    return client.get(reverse("save_draft", args=[form, about])).content.decode()


@pytest.mark.parametrize(("form", "page"), [("reply", "reply"), ("send-elsewhere", "send_elsewhere")])
def test_what_was_begun_about_a_message_is_kept_back_with_its_child(client, okoros, desk, form, page):
    told = message(okoros, okoros.ada, okoros.ben)
    field = "words" if form == "reply" else "how"
    assert typed(desk, form, told.thread, field).children == [okoros.ada.pk, okoros.ben.pk]
    assert TYPED in kept(client, desk, form, told.thread)  # whose record stays closed: the power is enough
    shown = client.get(reverse(page, args=[told.thread])).content.decode()
    assert TYPED in shown or form != "reply"
    assert "Ada" in client.get(reverse("my_drafts")).content.decode()
    keep_back(okoros, okoros.ada)
    assert TYPED not in kept(client, desk, form, told.thread)
    assert TYPED not in client.get(reverse(page, args=[told.thread])).content.decode()
    listed = client.get(reverse("my_drafts")).content.decode()
    assert FORMS[form].title not in listed and "Ada" not in listed
    assert Draft.objects.get(form=form).fields == {field: [TYPED]}  # it is there for whoever may see it


def test_a_save_that_comes_late_is_not_answered_with_what_is_kept_back(client, okoros, desk):
    told = message(okoros, okoros.ada)
    services.save_draft(
        by=desk, form="reply", about=str(told.thread), fields={"words": [TYPED]}, revision=0,
        key=services.new_key(), children=[okoros.ada.pk], tab="a", saves_of_tab=2,
    )  # fmt: skip
    late = {
        "fields": {"words": ["Ada"]}, "revision": 0, "key": services.new_key(), "tab": "a",
        "saves_of_tab": 1, "owner": owner_mark(desk),
    }  # fmt: skip
    client.force_login(desk, backend="django.contrib.auth.backends.ModelBackend")
    address = reverse("save_draft", args=["reply", told.thread])
    answer = client.post(address, late, content_type="application/json")
    assert TYPED in answer.content.decode()
    keep_back(okoros, okoros.ada)
    answer = client.post(address, late, content_type="application/json")
    assert answer.status_code == 403 and TYPED not in answer.content.decode()


@pytest.mark.parametrize("page", ["reply", "decide"])
def test_what_was_sent_after_the_sign_in_ended_is_kept_back_too(client, okoros, desk, page, settings):
    told = message(okoros, okoros.ada)
    address = reverse(page, args=[told.thread])
    client.force_login(okoros.manager, backend="django.contrib.auth.backends.ModelBackend")
    client.get(reverse("my_work"))
    del client.cookies[settings.SESSION_COOKIE_NAME]
    sent = client.post(address, {"words": TYPED, "draft_owner": owner_mark(okoros.manager)})
    client.force_login(okoros.manager, backend="django.contrib.auth.backends.ModelBackend")
    kept_at = sent["Location"].partition("next=")[2]
    assert TYPED in client.get(kept_at).content.decode()
    access.keep_apart(okoros.manager, okoros.ada, by=okoros.custodian, because="Her niece")
    answer = client.get(kept_at)
    assert answer.status_code == 404 and TYPED not in answer.content.decode()


def test_a_message_that_is_matched_to_a_child_afterwards_is_kept_back_too(client, okoros, desk):
    told = message(okoros)
    assert typed(desk, "reply", told.thread).children == []
    keep_back(okoros, okoros.ada)
    assert TYPED in kept(client, desk, "reply", told.thread)
    Concerned.current.filter(message_thread=told.thread).update(person=okoros.ada, match=Match.CONFIRM)
    assert TYPED not in kept(client, desk, "reply", told.thread)


@pytest.mark.parametrize("name", ["reply", "answer", "knows", "front_door", "contact", "begin"])
def test_what_was_begun_about_a_request_for_help_is_kept_back_with_its_child(client, okoros, desk, name):
    asked, form = request(okoros), f"help_{name}"
    assert set(typed(desk, form, asked.thread).children) == {okoros.ada.pk, okoros.ben.pk}
    assert TYPED in kept(client, desk, form, asked.thread)
    keep_back(okoros, okoros.ben)
    assert TYPED not in kept(client, desk, form, asked.thread)
    client.force_login(desk, backend="django.contrib.auth.backends.ModelBackend")
    assert FORMS[form].title not in client.get(reverse("my_drafts")).content.decode()


def test_a_request_that_is_about_nobody_on_record_keeps_its_draft(client, okoros, desk):
    asked = help_room.ask_for_help(what_would_help="A rest", how_and_when_safe="Ring", name="Grace")
    assert typed(desk, "help_reply", asked.thread).children == []
    assert TYPED in kept(client, desk, "help_reply", asked.thread)
    assert FORMS["help_reply"].children(str(asked.thread + 1)) == []


def test_a_message_that_a_request_became_is_asked_as_well(okoros, desk):
    asked = help_room.ask_for_help(what_would_help="A rest", how_and_when_safe="Ring", name="Grace")
    told = message(okoros, okoros.chi)
    HelpRequest.current.filter(thread=asked.thread).update(
        told_table="frontdoor.message", told_thread=told.thread
    )
    assert FORMS["help_answer"].children(str(asked.thread)) == [okoros.chi.pk]
