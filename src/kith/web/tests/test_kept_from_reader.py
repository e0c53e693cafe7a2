"""A child is hidden after things were written of the whole family: who works with the others reads none."""

import re
from copy import deepcopy

import pytest
from django.urls import reverse
from django.utils import timezone

from kith.record.access import services as access
from kith.record.help import services as help_services
from kith.record.pathway import help_steps
from kith.record.people.models import Membership, Role
from kith.record.planning.models import Basis, Plan
from kith.record.protection.queries import invited_to
from kith.record.voice import services as voice
from kith.record.voice.models import AskedAbout
from kith.web.protecting.tests.steps import BACKEND, arranged, decided, go, reviewing_officer
from kith.web.tests.families import LONG_AGO, the_okoros, user

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def family_once(module_db):
    return the_okoros(timezone.localdate())


@pytest.fixture
def family(family_once, db):
    return deepcopy(family_once)


def hide_ben(family):
    access.place_restriction(
        family.ben, by=family.manager, kind="hidden_address", reason="Hidden", custodian=family.custodian
    )


def words_on(client, name, *gaps):
    """The words written for this test that a page shows, and what it answers."""
    answer = client.get(reverse(name, args=gaps))
    return answer.status_code, set(re.findall("zq[a-z]+", answer.content.decode()))


@pytest.fixture
def conference(client, family):
    chair = reviewing_officer()
    client.force_login(family.worker, backend=BACKEND)
    held = arranged(client, family)
    decided(client, held, family, chair)
    client.force_login(family.worker, backend=BACKEND)
    return held


def test_a_plan_for_all_is_read_nowhere_once_one_of_them_is_hidden(client, family, conference):
    go(client, "write_plan", family.ada.pk)
    plan = Plan.current.get()
    go(client, "plan_add_goal", plan.thread, what="zqgoal", only_for="all")
    line = {"what": "zqaction", "owner_in_words": "Nan", "due_on": "3/3/2027", "only_for": "all"}
    go(client, "plan_add_action", plan.thread, **line)
    assert words_on(client, "protection_plan", family.ada.pk) == (200, {"zqgoal", "zqaction"})
    assert words_on(client, "handover", family.ada.pk) == (200, {"zqaction"})
    hide_ben(family)
    for name in ("protection_plan", "handover"):
        assert words_on(client, name, family.ada.pk) == (200, set())


def test_who_is_asked_to_a_conference_about_somebody_hidden_is_named_on_no_page(client, family, conference):
    hide_ben(family)
    for one in invited_to(conference.thread):
        for name in ("conference_person", "report_link"):
            page = client.get(reverse(name, args=[conference.thread, one.thread])).content.decode()
            assert one.name not in page.replace(family.worker.name, "") or one.user == family.worker


@pytest.fixture
def helped(family):
    """Ada and Ben are helped together; more help is asked for, and their mother says how it felt."""
    lead = user("Hope Lead", Role.FAMILY_HELP_LEAD)
    Membership.objects.create(user=lead, team=family.team, started_on=LONG_AGO)
    both = [family.ada, family.ben]
    help = help_steps.begin_with_family(
        known=[child.pk for child in both], new_children=[], by=family.manager, basis=Basis.VOLUNTARY,
        agreed_by="Mum", agreed_how="phone", agreed_words="", need="",
    )  # fmt: skip
    step = help_services.ask_step_up(
        help=help, by=family.manager, people=both, what_has_changed="zqstep", was_family_told=True,
        not_told_because="",
    )  # fmt: skip
    asked = voice.ask_how_it_felt(
        about=help, asked_about=AskedAbout.FAMILY_HELP, children=both, asked_of="zqmum", by=family.worker
    )
    return help, step, reverse("how_it_felt", args=[asked.token])


def test_what_a_family_says_is_read_by_nobody_from_whom_one_of_it_is_kept(client, family, helped):
    help, step, link = helped
    client.post(link, {"feeling": "helped", "listened": "yes", "words": "zqfelt"})
    client.force_login(family.manager, backend=BACKEND)
    pages = (("help_felt", help.thread), ("story", family.ada.pk), ("help_step_up_decide", step.thread))
    read = [words_on(client, *page)[1] for page in pages]
    assert read == [{"zqmum", "zqfelt"}, {"zqmum", "zqfelt"}, {"zqstep"}]
    hide_ben(family)
    assert [words_on(client, *page) for page in pages] == [(200, set())] * 3
