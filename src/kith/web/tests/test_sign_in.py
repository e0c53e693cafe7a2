"""Signing in, and how a sign-in ends."""

import time

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client
from django.urls import reverse

from kith.record.people.models import Role, User, UserRole
from kith.web import sessions
from kith.web.addresses import every_address
from kith.web.demo import DEMO_PASSWORD, DEMO_PEOPLE, make_demo_people

pytestmark = pytest.mark.django_db
SECRET = "river-stone-lamp"
CHANGE = "/accounts/password/change/"


@pytest.fixture
def worker():
    return User.objects.create_user("worker@northbrook.example", SECRET, name="Sade Bankole")


def sign_in(client, password=SECRET, **more):
    form = {"login": "worker@northbrook.example", "password": password, **more}
    return client.post("/accounts/login/", form)


def test_the_right_password_opens_the_page_that_was_asked_for(client, worker):
    assert sign_in(client, next="/keys/").headers["Location"] == "/keys/"
    assert client.get("/keys/").status_code == 200


@pytest.fixture
def given(worker):
    """Signs in with a password that somebody gave them."""
    worker.has_given_password = True
    worker.save()
    return worker


def test_a_given_password_opens_nothing_until_it_is_changed(client, given):
    sign_in(client)
    for address in ("/", "/keys/", "/find/?q=ada", "/nowhere/"):
        assert client.get(address).headers["Location"] == CHANGE
    page = client.get(CHANGE).content.decode()
    assert "Somebody gave you the password" in page
    assert client.get("/accounts/logout/").status_code == 200
    own = {"oldpassword": SECRET, "password1": "lamp-stone-river", "password2": "lamp-stone-river"}
    assert client.post(CHANGE, own).headers["Location"] == "/"
    assert client.get("/keys/").status_code == 200
    given.refresh_from_db()
    assert not given.has_given_password and given.check_password("lamp-stone-river")


def test_the_given_password_itself_is_no_password_of_ones_own(client, given):
    sign_in(client)
    same = {"oldpassword": SECRET, "password1": SECRET, "password2": SECRET}
    assert "Whoever gave you this password knows it" in client.post(CHANGE, same).content.decode()
    assert client.get("/keys/").headers["Location"] == CHANGE


def test_whoever_chose_their_own_is_not_asked(client, worker):
    sign_in(client)
    assert "Somebody gave you" not in client.get(CHANGE).content.decode()


def test_a_next_page_elsewhere_is_not_followed(client, worker):
    assert sign_in(client, next="https://elsewhere.example/").headers["Location"] == "/"


def test_a_wrong_password_says_so_without_telling_who_is_known(client, worker):
    known = sign_in(client, "wrong").content.decode()
    assert "do not go together" in known
    unknown = sign_in(client, "wrong", login="no@one.example").content.decode()
    assert "do not go together" in unknown


def test_after_six_wrong_passwords_even_the_right_one_waits(client, worker):
    for _ in range(6):
        sign_in(client, "wrong")
    assert "Too many wrong passwords" in sign_in(client).content.decode()
    assert client.get("/").status_code == 302


def test_nobody_signs_themselves_up(client):
    assert client.get("/accounts/signup/").status_code == 404


@pytest.mark.parametrize(
    "signed_in_ago, idle, reason",
    [
        (60, 15 * 60, None),  # at fifteen minutes exactly it still lasts
        (60, 15 * 60 + 1, "nothing happened here for 15 minutes"),
        (12 * 3600, 10, None),
        (12 * 3600 + 1, 10, "more than 12 hours ago"),  # however busy
    ],
)
def test_a_sign_in_lasts_fifteen_idle_minutes_and_twelve_hours(signed_in_ago, idle, reason):
    now = 1_800_000_000.0
    said = sessions.why_over(now - signed_in_ago, now - idle, now)
    assert (said is None) if reason is None else (reason in said)


def test_an_idle_sign_in_ends_says_why_and_comes_back(client, worker):
    sign_in(client)
    client.get("/keys/")
    session = client.session
    session[sessions.LAST_SEEN_AT] = time.time() - 16 * 60
    session.save()
    ended = client.get("/keys/", follow=True)
    assert ended.redirect_chain[0][0] == "/accounts/login/?next=/keys/"
    assert "nothing happened here for 15 minutes" in ended.content.decode()
    assert sign_in(client, next="/keys/").headers["Location"] == "/keys/"


def test_staying_signed_in_starts_the_fifteen_minutes_anew(client, worker):
    sign_in(client)
    client.get("/keys/")
    session = client.session
    session[sessions.LAST_SEEN_AT] = time.time() - 14 * 60
    session.save()
    assert client.get("/stay/").content == b"signed in"
    assert time.time() - client.session[sessions.LAST_SEEN_AT] < 5


def test_signing_out_needs_a_press_not_a_link(client, worker):
    sign_in(client)
    assert "Sign out?" in client.get("/accounts/logout/").content.decode()
    assert client.get("/keys/").status_code == 200
    client.post("/accounts/logout/")
    assert client.get("/keys/").status_code == 302


def test_my_other_sign_ins_are_listed_and_can_be_ended(client, worker):
    other = Client(headers={"user-agent": "Mozilla/5.0 (iPhone) Safari/605"})
    sign_in(other)
    sign_in(client)
    page = client.get("/accounts/sessions/").content.decode()
    assert "Safari on an iPhone" in page
    client.post("/accounts/sessions/")
    assert other.get("/keys/").status_code == 302
    assert client.get("/keys/").status_code == 200


def test_where_one_is_signed_in_is_written_once_in_some_minutes(client, worker):
    sign_in(client)
    client.get("/keys/")
    seen = UserSession.objects.get().last_seen_at
    client.get("/keys/")
    assert UserSession.objects.get().last_seen_at == seen
    session = client.session
    session[sessions.NOTED] = [session[sessions.NOTED][0], time.time() - sessions.NOTE_EVERY_SECONDS - 1]
    session.save()
    client.get("/keys/")
    assert UserSession.objects.get().last_seen_at > seen


def test_a_sign_in_used_from_another_browser_is_written_at_once(client, worker):
    sign_in(client)
    client.get("/keys/")
    client.get("/keys/", headers={"user-agent": "Mozilla/5.0 (iPhone) Safari/605"})
    assert "iPhone" in UserSession.objects.get().user_agent


@pytest.mark.parametrize(
    "name",
    ["account_change_password", "mfa_index", "mfa_activate_totp", "usersessions_list", "account_logout"],
)
def test_the_pages_about_ones_own_sign_in_are_kiths(client, worker, name):
    sign_in(client)
    page = client.get(reverse(name), follow=True)
    assert page.status_code == 200
    assert "kith/base.html" in {template.name for template in page.templates}


def test_a_family_that_comes_to_the_sign_in_page_finds_its_own_pages(client):
    page = client.get("/accounts/login/").content.decode()
    for address in ("/ask-for-help/", "/open-this-week/", "/tell-us-about-a-child/"):
        assert f'href="{address}"' in page
        assert client.get(address).status_code == 200


def test_outside_a_demonstration_nobody_is_let_in_by_a_button(client, settings):
    settings.DEMO = False
    make_demo_people()
    assert client.post("/demo/sign-in/", {"email": DEMO_PEOPLE[0].email}).status_code == 404
    page = client.get("/accounts/login/").content.decode()
    assert DEMO_PASSWORD not in page
    assert "northbrook" not in page


def test_in_a_demonstration_one_button_for_each_role_signs_in(client, settings):
    settings.DEMO = True
    assert {person.role for person in DEMO_PEOPLE} == set(Role)
    page = client.get("/accounts/login/").content.decode()
    assert all(person.email in page for person in DEMO_PEOPLE)
    answer = client.post("/demo/sign-in/", {"email": DEMO_PEOPLE[1].email, "next": "/keys/"})
    assert answer.headers["Location"] == "/keys/"
    assert client.get("/").context["user"].email == DEMO_PEOPLE[1].email


def test_a_page_that_shows_itself_anew_keeps_no_sign_in_alive(client, worker):
    sign_in(client)
    session = client.session
    session[sessions.LAST_SEEN_AT] = seen = time.time() - 14 * 60
    session.save()
    client.get("/?by-itself=1")
    assert client.session[sessions.LAST_SEEN_AT] == seen
    client.get("/")
    assert client.session[sessions.LAST_SEEN_AT] > seen


def test_in_a_demonstration_only_its_own_people_are_let_in(client, settings, worker):
    settings.DEMO = True
    assert client.post("/demo/sign-in/", {"email": worker.email}).status_code == 404


def test_demo_people_are_made_once():
    make_demo_people()
    make_demo_people()
    assert User.objects.count() == UserRole.objects.count() == len(DEMO_PEOPLE)


def test_a_closed_account_is_told_so_in_plain_words(client, worker):
    User.objects.filter(pk=worker.pk).update(is_active=False)
    closed = sign_in(client)
    assert closed.status_code == 403
    assert "Your account is closed" in closed.content.decode()


PLAIN_ADDRESSES = [address for address in every_address() if not address.pattern.converters]


@pytest.mark.parametrize("address", PLAIN_ADDRESSES, ids=lambda address: address.name)
def test_every_page_that_needs_no_child_answers_somebody_signed_in(client, worker, address):
    sign_in(client)
    assert client.get(reverse(address.name)).status_code in {200, 302, 403, 404, 405}


def test_pages_stay_out_of_caches_and_sign_out_empties_the_browsers(client, worker):
    sign_in(client)
    assert client.get("/").headers["Cache-Control"] == "private, no-store"
    assert client.post("/accounts/logout/").headers["Clear-Site-Data"] == '"cache"'


def test_guessing_too_fast_is_stopped_for_a_while(client, worker):
    for number in range(31):
        answer = sign_in(client, "wrong", login=f"guess{number}@northbrook.example")
    assert (answer.status_code, "Too many tries" in answer.content.decode()) == (429, True)
