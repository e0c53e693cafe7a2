"""A report for a conference by somebody without an account, through a link of its own."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from kith.record.access.models import OneTimeLink
from kith.record.protection import services
from kith.record.protection.models import Conference, Invited
from kith.record.protection.queries import invited_to
from kith.web.protecting.tests.steps import BACKEND, arranged, go
from kith.web.tests.families import HOSTILE

pytestmark = pytest.mark.django_db


def test_a_professional_without_an_account_writes_one_report_by_a_link(client, as_worker, family, chair):
    conference = arranged(as_worker, family)
    asked = {"name": "Bea Nurse", "agency": "health_visiting"}
    as_worker.post(reverse("ask_to_conference", args=[conference.thread]), asked)
    nurse = next(one for one in invited_to(conference.thread) if one.name == "Bea Nurse")
    made = go(as_worker, "report_link", conference.thread, nurse.thread).context["made"]
    address = made[made.index("/report/") :]
    client.logout()
    page = client.get(address)
    assert "Ada" not in page.content.decode() and page["Cache-Control"].endswith("no-store")
    assert client.post(address, {"report": " "}).status_code == 422
    assert "Your report has come" in client.post(address, {"report": HOSTILE}).content.decode()
    assert client.post(address, {"report": "Again"}).status_code == 410
    held = Invited.current.get(thread=nurse.thread)
    assert (held.report, held.report_received_on) == (HOSTILE, timezone.localdate())
    client.force_login(family.worker, backend=BACKEND)
    assert HOSTILE not in client.get(reverse("conference", args=[conference.thread])).content.decode()


def test_of_two_links_for_one_report_the_second_alone_opens(client, as_worker, family, chair):
    conference = arranged(as_worker, family)
    nurse = {"name": "Nora Nurse", "job": "Nurse", "agency": "gp", "is_report_wanted": "yes"}
    as_worker.post(reverse("ask_to_conference", args=[conference.thread]), nurse)
    asked = invited_to(conference.thread)[-1].thread
    pages = [go(as_worker, "report_link", conference.thread, asked).content.decode() for _ in range(2)]
    first, second = (re.search(r"/report/[\w-]+/", page).group() for page in pages)
    client.logout()
    assert client.post(first, {"report": "The first"}).status_code == 410
    assert client.post(second, {"report": "a" * 100_001}).status_code == 422
    assert client.post(second, {"report": "The second"}).status_code == 200
    assert invited_to(conference.thread)[-1].report == "The second"


def test_a_report_not_taken_is_there_again_and_its_link_goes_with_the_conference(
    client, as_worker, family, chair
):
    conference = arranged(as_worker, family)
    asked = {"name": "Bea Nurse", "agency": "health_visiting"}
    as_worker.post(reverse("ask_to_conference", args=[conference.thread]), asked)
    nurse = next(one for one in invited_to(conference.thread) if one.name == "Bea Nurse")
    made = go(as_worker, "report_link", conference.thread, nurse.thread).context["made"]
    address, before = made[made.index("/report/") :], Conference.current.get(thread=conference.thread)
    moved = services.move_conference(
        conference=before, planned_for=before.planned_for + timedelta(days=7), because="Ill",
        safe_until_then="With Gran", by=family.worker, now=timezone.now(),
    )  # fmt: skip
    assert OneTimeLink.objects.get(about_thread=nurse.thread).expires_at == moved.planned_for
    services.call_off_conference(conference=moved, because="Not borne out", by=family.worker)
    client.logout()
    assert client.post(address, {"report": "Two falls, seen by me."}).status_code == 422
    assert "Two falls, seen by me." in client.get(address).content.decode()


def test_no_report_is_asked_of_a_parent(as_worker, family, chair):
    conference = arranged(as_worker, family)
    mother = next(one for one in invited_to(conference.thread) if one.name == "Grace Okoro")
    page = go(as_worker, "report_link", conference.thread, mother.thread)
    assert page.status_code == 422 and "No report is asked of Grace Okoro" in page.content.decode()
