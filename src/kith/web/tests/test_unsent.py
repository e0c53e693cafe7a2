"""Nothing typed is lost: not when a sign-in ended before the form was sent, nor when its writer has left."""

import re
import time
from datetime import timedelta

import pytest
from django.urls import reverse

from kith.record.access.services import place_restriction
from kith.record.drafts.models import Draft
from kith.record.drafts.services import save_draft
from kith.record.people.models import Role
from kith.record.people.staff import arrange_cover
from kith.web.sessions import IDLE_SECONDS, LAST_SEEN_AT
from kith.web.tests.families import HOSTILE, user
from kith.web.tests.test_working_pages import (  # noqa: F401  # a fixture is asked for by its name
    TODAY,
    due_args,
    khans,
    khans_once,
    words,
)

__all__ = ["khans"]

PASSWORD = "not-a-real-word-7"
BECAUSE = f"The family was away {HOSTILE}"


@pytest.fixture
def signed_in(client, khans):
    """Sign somebody in by the page, and let their sign-in go stale: signed_in(user)."""

    def sign_in(who, to="/"):
        who.set_password(PASSWORD)
        who.save()
        answer = client.post(f"/accounts/login/?next={to}", {"login": who.email, "password": PASSWORD})
        assert answer.status_code == 302, words(answer)
        return answer

    return sign_in


def go_stale(client):
    session = client.session
    session[LAST_SEEN_AT] = time.time() - IDLE_SECONDS - 60
    session.save()


def hidden(page):
    return dict(re.findall(r'name="(draft_owner)" value="([^"]+)"', page))


def sent_after_the_sign_in_ended(client, khans, signed_in):
    signed_in(khans.worker)
    address = reverse("say_why_late", args=due_args(khans.yusuf))
    owner = hidden(client.get(address).content.decode())
    assert owner
    go_stale(client)
    return address, client.post(address, {**owner, "children": [khans.yusuf.pk], "because": BECAUSE})


def test_a_form_sent_after_the_sign_in_ended_is_offered_again_and_done(client, khans, signed_in):
    address, answer = sent_after_the_sign_in_ended(client, khans, signed_in)
    assert answer["Location"].startswith("/accounts/login/?next=/drafts/kept/")
    kept = answer["Location"].partition("next=")[2]
    assert "What you wrote is kept" in words(client.get(answer["Location"]))
    assert signed_in(khans.worker, to=kept)["Location"] == kept
    page = client.get(kept)
    assert "The family was away" in words(page) and HOSTILE not in page.content.decode()
    sent = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page.content.decode())
    on = client.post(kept, dict(sent))
    assert (on.status_code, on["Location"]) == (307, address)
    done = client.post(
        address, {"children": [khans.yusuf.pk], "because": BECAUSE}
    )  # what the browser sends on
    assert done.status_code == 302
    assert client.get(kept).status_code == 404  # once


def test_it_is_nobody_elses(client, khans, signed_in):
    _, answer = sent_after_the_sign_in_ended(client, khans, signed_in)
    kept = answer["Location"].partition("next=")[2]
    signed_in(khans.manager)
    assert client.get(kept).status_code == 404 and client.post(kept).status_code == 404
    assert Draft.objects.get(form="unsent").user == khans.worker


def test_it_stands_under_not_sent_yet_while_the_child_may_be_opened(client, khans, signed_in):
    sent_after_the_sign_in_ended(client, khans, signed_in)
    signed_in(khans.worker)
    assert "Sent after the sign-in had ended: Yusuf Khan" in words(client.get("/drafts/"))
    place_restriction(
        khans.yusuf, by=khans.manager, kind="hidden_address", reason="Hidden", custodian=khans.custodian
    )
    assert "Sent after the sign-in" not in words(client.get("/drafts/"))


@pytest.mark.parametrize("address", [[], [""], ["//evil.example/"], ["https://evil.example/"]])
def test_it_leads_to_no_other_site(client, khans, signed_in, address):
    fields = {"unsent_address": address, "because": ["x y"]}
    save_draft(by=khans.worker, form="unsent", about="a", fields=fields, revision=0, key="key-1")
    signed_in(khans.worker)
    assert client.get("/drafts/kept/a/").status_code == client.post("/drafts/kept/a/").status_code == 404


@pytest.mark.parametrize("owner", ["", "0" * 24])
def test_without_a_page_of_their_own_nothing_is_kept(client, khans, signed_in, owner):
    signed_in(khans.worker)
    go_stale(client)
    address = reverse("say_why_late", args=due_args(khans.yusuf))
    answer = client.post(address, {"draft_owner": owner, "because": "x y"})
    assert answer.status_code == 302 and not Draft.objects.exists()


def test_nobody_unknown_keeps_anything(client, khans):
    address = reverse("say_why_late", args=due_args(khans.yusuf))
    for cookie in ("", "1:forged", f"{khans.worker.pk}"):
        client.cookies["kith_typist"] = cookie
        assert client.post(address, {"draft_owner": "x", "because": "x y"}).status_code == 302
    assert not Draft.objects.exists()


def test_a_manager_takes_over_what_a_worker_who_is_away_began(client, khans, signed_in):
    about = str(khans.yusuf.pk)
    left = save_draft(
        by=khans.worker, form="hand_over", about=about, fields={"words": ["Secret words"]}, revision=0,
        key="key-1", children=[khans.yusuf.pk],
    )  # fmt: skip
    signed_in(khans.manager)
    assert "Nothing of theirs is waiting" in words(client.get(reverse("left_unsent")))
    cover = {"worker": khans.worker, "covered_by": khans.manager, "by": khans.manager}
    arrange_cover(**cover, started_on=TODAY, ended_on=TODAY + timedelta(days=3))
    assert "Begun by people who left or are away (1)" in words(client.get("/"))
    page = words(client.get(reverse("left_unsent")))
    assert "A handover: Yusuf Khan" in page and "Secret words" not in page
    answer = client.post(reverse("take_over_draft", args=[left.pk]))
    assert answer["Location"] == reverse("hand_over", args=[khans.yusuf.pk])
    assert (
        client.post(reverse("take_over_draft", args=[left.pk])).status_code == 302
    )  # theirs already: refused
    assert Draft.objects.get(pk=left.pk).user == khans.manager


def test_a_worker_takes_over_nothing(client, khans, signed_in):
    signed_in(user("Sam Stranger", Role.SOCIAL_WORKER))
    assert client.get(reverse("left_unsent")).status_code == 403
    assert client.post(reverse("take_over_draft", args=[1])).status_code == 403
