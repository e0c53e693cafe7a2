"""Kith's own pages through the client: who sees them, and what they say."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

import kith.web
from kith.record.access.models import BreakGlass, Message
from kith.record.audit.models import Batch, Entry
from kith.record.people.models import (
    Allocation,
    Identifier,
    Membership,
    Person,
    PersonName,
    Role,
    Team,
    User,
    UserRole,
)

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
LONG_AGO = TODAY - timedelta(days=400)


@pytest.fixture
def worker(client):
    return signed_in_as(client, "worker@northbrook.example", Role.SOCIAL_WORKER)


def signed_in_as(client, email, *roles):
    user = User.objects.create_user(email, "river-stone-lamp", name="Sade Bankole")
    for role in roles:
        UserRole.objects.create(user=user, role=role, started_on=LONG_AGO)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return user


def words(response):
    return response.content.decode()


def test_my_work_asks_for_sign_in_and_comes_back(client):
    assert client.get("/").headers["Location"] == "/accounts/login/?next=/"


def test_a_form_sent_after_time_out_leads_back_to_the_page_that_held_it(client):
    sent = client.post("/messages/1/read/", headers={"referer": "http://testserver/keys/?from=here"})
    assert sent.headers["Location"] == "/accounts/login/?next=/keys/%3Ffrom%3Dhere"


def test_a_form_sent_from_elsewhere_leads_home(client):
    sent = client.post("/messages/1/read/", headers={"referer": "https://elsewhere.example/trap/"})
    assert sent.headers["Location"] == "/accounts/login/?next=/"


def test_my_work_shows_the_worker_their_own_children_and_writes_down_each_name(client, worker):
    amira, other = Person.objects.create(), Person.objects.create()
    PersonName.objects.create(person=amira, given_names="Amira", family_name="Khan")
    PersonName.objects.create(person=other, given_names="Somebody", family_name="Else")
    Allocation.objects.create(person=amira, worker=worker, started_on=LONG_AGO)
    page = words(client.get("/"))
    assert "Amira Khan" in page
    assert "Somebody" not in page
    assert list(Entry.objects.filter(act="name_shown").values_list("person_id", flat=True)) == [amira.pk]


def test_an_ended_allocation_is_no_longer_mine(client, worker):
    amira = Person.objects.create()
    PersonName.objects.create(person=amira, given_names="Amira", family_name="Khan")
    Allocation.objects.create(
        person=amira, worker=worker, started_on=LONG_AGO, ended_on=TODAY - timedelta(days=1)
    )
    assert "Amira" not in words(client.get("/"))


def test_a_child_without_a_name_shows_by_their_id(client, worker):
    child = Person.objects.create()
    Identifier.objects.create(person=child, kind="child_id", value="NB20911")
    Allocation.objects.create(person=child, worker=worker, started_on=LONG_AGO)
    assert "Child NB20911" in words(client.get("/"))


def test_hostile_words_in_a_name_are_shown_as_words(client, worker):
    child = Person.objects.create()
    PersonName.objects.create(person=child, given_names="<script>alert(1)</script>", family_name="O'Neill")
    Allocation.objects.create(person=child, worker=worker, started_on=LONG_AGO)
    page = words(client.get("/"))
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; O&#x27;Neill" in page


def test_a_message_is_read_once_and_only_by_its_own_reader(client, worker):
    mine = Message.objects.create(to=worker, text="Your import is done")
    stranger = User.objects.create_user("other@northbrook.example", name="Other")
    theirs = Message.objects.create(to=stranger, text="Not for you")
    page = words(client.get("/"))
    assert "Your import is done" in page
    assert "Not for you" not in page
    assert client.post(f"/messages/{mine.pk}/read/").status_code == 302
    assert client.post(f"/messages/{theirs.pk}/read/").status_code == 404
    assert "Your import is done" not in words(client.get("/"))
    theirs.refresh_from_db()
    assert theirs.read_at is None


def test_a_manager_sees_the_glass_their_team_broke_and_a_worker_does_not(client):
    manager = signed_in_as(client, "manager@northbrook.example", Role.TEAM_MANAGER)
    worker = User.objects.create_user("worker@northbrook.example", name="Dev Marwaha")
    outsider = User.objects.create_user("outsider@northbrook.example", name="Far Away")
    team = Team.objects.create(name="Assessment")
    Membership.objects.create(user=manager, team=team, is_manager=True, started_on=LONG_AGO)
    Membership.objects.create(user=worker, team=team, started_on=LONG_AGO)
    for user in (worker, outsider):
        BreakGlass.objects.create(
            person=Person.objects.create(),
            user=user,
            reason=f"{user.name} rang",
            ends_at=timezone.now() + timedelta(hours=4),
            review_due_on=TODAY - timedelta(days=1),
        )
    page = words(client.get("/"))
    assert "Dev Marwaha rang" in page
    assert "by 1 day" in page
    assert "Far Away rang" not in page
    client.force_login(worker, backend="django.contrib.auth.backends.ModelBackend")
    assert "was it right?" not in words(client.get("/"))


def test_a_manager_sees_who_opened_a_child_of_their_team_whoever_it_was(client):
    manager = signed_in_as(client, "manager@northbrook.example", Role.TEAM_MANAGER)
    team, child = Team.objects.create(name="Assessment"), Person.objects.create()
    Membership.objects.create(user=manager, team=team, is_manager=True, started_on=LONG_AGO)
    Allocation.objects.create(person=child, team=team, started_on=LONG_AGO)
    BreakGlass.objects.create(
        person=child,
        user=User.objects.create_user("night@northbrook.example", name="Owen Pritchard"),
        reason="Police brought the child in",
        ends_at=timezone.now() + timedelta(hours=4),
        review_due_on=TODAY,
    )
    assert "Police brought the child in" in words(client.get("/"))


def test_an_analyst_sees_the_latest_imports(client):
    signed_in_as(client, "analyst@northbrook.example", Role.ANALYST)
    Batch.objects.create(description="903 for 2018 to 2020")
    assert "903 for 2018 to 2020" in words(client.get("/"))


def test_the_health_check_is_open_and_says_well(client):
    assert words(client.get("/health/")) == "well"


def test_a_page_that_is_not_there_says_so_in_plain_words(client):
    missing = client.get("/nowhere/")
    assert missing.status_code == 404
    assert "There is no page here" in words(missing)


def test_the_gallery_is_for_administrators_and_demonstrations(client, worker, settings):
    refused = client.get("/gallery/")
    assert refused.status_code == 403
    assert "This page is for: system administrator." in words(refused)
    settings.DEMO = True
    assert client.get("/gallery/").status_code == 200


def test_the_gallery_shows_every_component(client, settings):
    settings.DEMO = True
    shown = {template.name for template in client.get("/gallery/").templates}
    folder = Path(kith.web.__file__).parent / "templates" / "components"
    shown_elsewhere = {"components/keys.html"}  # by `?`, for those signed in
    assert {f"components/{path.name}" for path in folder.iterdir()} - shown == shown_elsewhere


@pytest.mark.parametrize("address", ["/", "/accounts/login/", "/nowhere/", "/health/"])
def test_every_page_carries_a_strict_policy(client, address):
    policy = client.get(address).headers["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy


def test_no_page_has_inline_style_or_script(client, settings):
    settings.DEMO = True
    page = words(client.get("/gallery/"))
    assert "style=" not in page
    assert "<style" not in page
    assert "onclick" not in page
