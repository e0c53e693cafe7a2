"""What somebody curious or hostile tries on the pages, and what they get: nothing."""

from copy import deepcopy

import pytest
from django.urls import reverse
from django.utils import timezone

from kith.record.access import services as access
from kith.record.access.models import BreakGlass, Message, RestrictedMatch
from kith.record.audit.models import Entry
from kith.record.help import services
from kith.record.people.models import Relationship, Role
from kith.record.people.queries import name_of
from kith.web.tests.families import the_khans, user

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.fixture(scope="module")
def khans_once(module_db):
    return the_khans(TODAY)


@pytest.fixture
def khans(khans_once, db):
    return deepcopy(khans_once)


@pytest.fixture
def ask(client):
    """Ask for a page as somebody; gives the answer."""

    def ask(by, name, *args, **query):
        client.force_login(by, backend="django.contrib.auth.backends.ModelBackend")
        return client.get(reverse(name, args=args), query)

    return ask


def restrict(khans, person, kind="police"):
    return access.place_restriction(
        person, by=khans.manager, kind=kind, reason="Named in an inquiry", custodian=khans.custodian
    )


@pytest.mark.parametrize("page", ["my_work", "children"])
def test_a_child_restricted_after_they_were_allocated_leaves_the_workers_lists(ask, khans, page):
    assert "Zara Khan" in ask(khans.worker, page).content.decode()
    restrict(khans, khans.zara)
    before = Entry.objects.filter(person_id=khans.zara.pk).count()
    words = ask(khans.worker, page).content.decode()
    assert "Zara" not in words
    assert reverse("story", args=[khans.zara.pk]) not in words
    assert Entry.objects.filter(person_id=khans.zara.pk).count() == before


def test_a_worker_kept_apart_from_a_child_reads_nothing_of_them_on_my_work(ask, khans):
    access.keep_apart(khans.worker, khans.zara, by=khans.manager, because="Her own niece")
    assert "Zara" not in ask(khans.worker, "my_work").content.decode()


def tie_to(person, other):
    fact = Relationship.current.get(person=person, other=other)
    return person.pk, "people.relationship", fact.thread


def test_the_source_of_a_tie_to_a_restricted_relative_is_not_there(ask, khans):
    assert ask(khans.worker, "fact_source", *tie_to(khans.amira, khans.hidden)).status_code == 404


def test_the_source_of_a_tie_names_the_relative_and_writes_it_down(ask, khans):
    before = Entry.objects.filter(act="name_shown", person_id=khans.zara.pk).count()
    words = ask(khans.worker, "fact_source", *tie_to(khans.amira, khans.zara)).content.decode()
    assert name_of(khans.zara) in words
    assert Entry.objects.filter(act="name_shown", person_id=khans.zara.pk).count() == before + 1


@pytest.mark.parametrize("method", ["get", "head"])
def test_every_way_of_asking_for_a_story_is_written_down(client, khans, method):
    client.force_login(khans.worker, backend="django.contrib.auth.backends.ModelBackend")
    headers = {"If-Modified-Since": "Mon, 01 Jan 2035 00:00:00 GMT", "If-None-Match": "*"}
    for _ in range(2):
        getattr(client, method)(reverse("story", args=[khans.amira.pk]), headers=headers)
    assert Entry.objects.filter(act="record_opened", person_id=khans.amira.pk).count() == 2


def test_trying_to_open_a_restricted_record_for_a_reason_tells_its_custodian(ask, khans):
    answer = ask(user("Far Away", Role.SOCIAL_WORKER), "break_glass", khans.hidden.pk)
    assert answer.status_code == 403
    assert RestrictedMatch.objects.filter(restriction__custodian=khans.custodian).count() == 1
    assert Message.objects.filter(to=khans.custodian).count() == 1


@pytest.mark.parametrize("role", [r for r in Role if r not in {
    Role.TEAM_MANAGER, Role.SENIOR_MANAGER, Role.DATA_PROTECTION}])  # fmt: skip
def test_why_a_record_was_opened_is_read_by_reviewers_alone(ask, khans, role):
    stranger = user("Far Away", Role.SOCIAL_WORKER)
    glass = access.break_glass(khans.amira, by=stranger, reason="Police have brought her in", hours=1)
    answer = ask(user("Some One", role), "review_glass", glass.pk)
    assert answer.status_code in {403, 404}
    assert "Police have brought" not in answer.content.decode()


def test_an_opening_found_wrong_ends_at_once(ask, khans):
    stranger = user("Far Away", Role.SOCIAL_WORKER)
    glass = access.break_glass(khans.amira, by=stranger, reason="Curious about this one", hours=12)
    assert ask(stranger, "story", khans.amira.pk).status_code == 200
    access.review_glass(glass, by=khans.manager, was_right=False, note="No reason for it")
    assert ask(stranger, "story", khans.amira.pk).status_code == 403
    assert BreakGlass.objects.get().ended_at is not None


def test_the_officer_who_reads_who_looked_does_not_read_it_of_their_own(ask, khans):
    officer = user("Nuala Byrne", Role.DATA_PROTECTION)
    assert ask(officer, "who_looked", khans.amira.pk).status_code == 200
    access.keep_apart(officer, khans.amira, by=khans.manager, because="Her own daughter")
    answer = ask(officer, "who_looked", khans.amira.pk)
    assert answer.status_code == 403
    assert "Amira" not in answer.content.decode()


def test_no_page_that_names_anybody_is_kept_on_the_machine(ask, khans):
    for page, args in (("my_work", ()), ("story", [khans.amira.pk]), ("find", ())):
        assert "no-store" in ask(khans.worker, page, *args)["Cache-Control"]


def test_no_nul_reaches_the_audit(ask, khans):
    """PostgreSQL cannot hold one: the look would not be written, nor the journal ever brought in."""
    assert ask(khans.worker, "find", q="Amira\x00Khan").status_code == 200
    assert "\x00" not in str([entry.about for entry in Entry.objects.filter(act="searched")])
    assert Entry.objects.get(act="searched").about["text"] == "Amira Khan"
    assert ask(khans.worker, "chronology", khans.amira.pk, words="a\x00b").status_code == 200


@pytest.mark.parametrize("kind", ["hidden_address", "sealed_adoption"])
@pytest.mark.parametrize("page", ["write_contact", "help_begin"])
def test_the_number_of_somebody_kept_leads_to_nobody_of_their_family(ask, khans, page, kind):
    restrict(khans, khans.yusuf, kind)
    asked = services.ask_for_help(what_would_help="A bed", how_and_when_safe="Text")
    gaps = [asked.thread] if page == "help_begin" else []
    helper = user("Dee Duty", Role.DUTY_WORKER, Role.FAMILY_HELP_LEAD)
    words = ask(helper, page, *gaps, child=khans.yusuf.pk).content.decode()
    assert "Zara" not in words and "Yunus" not in words
    assert "Zara" in ask(helper, page, *gaps, child=khans.yunus.pk).content.decode()
