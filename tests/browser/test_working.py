"""Journeys in a real browser: My work and its pages hold no barrier; a handover, and a place, by a person."""

import os
import time as clock
from datetime import time, timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.urls import reverse
from django.utils import timezone

from kith.record.centres import services as centres
from kith.record.centres.models import SignUp
from kith.record.clocks.queries import due_for_people
from kith.record.drafts.services import save_draft
from kith.record.frontdoor import services as frontdoor
from kith.record.owed import services as owed
from kith.record.pathway import services as pathway
from kith.record.people import staff
from kith.record.people.models import Allocation, Membership, User
from kith.record.workload import services as workload
from kith.record.workload.models import Handover, SaidOfClock
from kith.web.demo import make_demo_people
from kith.web.sessions import IDLE_SECONDS, LAST_SEEN_AT
from kith.web.tests.families import the_khans

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 800}
PICTURES = os.environ.get("KITH_PICTURES")  # a folder for pictures of the pages, to be looked at
TODAY = timezone.localdate()


@pytest.fixture
def khans(demo):
    """The Khans; the demonstration's social worker has the twins, with something late and something owed."""
    make_demo_people()
    family = the_khans(TODAY)
    family.worker = User.objects.filter(roles_held__role="social_worker").exclude(name="Zainab Osei").get()
    twins = [family.yusuf, family.yunus]
    for child in twins:
        staff.allocate(child, by=family.manager, worker=family.worker, team=family.team)
    (referral, _) = frontdoor.receive_referral(
        children=twins, on=family.ago(100), source="1A", primary_need="N1", is_no_further_action=False,
        by=family.manager,
    )  # fmt: skip
    pathway.start_assessment(children=twins, on=family.ago(100), by=family.manager)
    owed.owe(
        what="family_told", fact=referral, persons=[family.yusuf.pk], by=family.manager, owed_by=family.worker
    )
    return family


def sign_in(page, demo, role):
    page.goto(demo + "/")
    page.get_by_role("button", name=role).first.click()
    page.wait_for_url(demo + "/")


def both_widths(page, axe, name):
    for width, size in (("desk", DESK), ("phone", PHONE)):
        page.set_viewport_size(size)
        if size == PHONE:  # all that is at a desk is there as well
            axe(page)
        assert not page.locator("html").evaluate("it => it.scrollWidth > window.innerWidth"), page.url
        if PICTURES:
            page.screenshot(path=Path(PICTURES) / f"{name}-{width}.png", full_page=True)


def test_my_work_and_its_pages_hold_no_barrier(demo, page, axe, khans):
    sign_in(page, demo, "Social worker")
    both_widths(page, axe, "my-work")
    line = next(one for one in due_for_people([khans.yusuf.pk], timezone.now()) if one.clock == "AS-01")
    late = [khans.yusuf.pk, line.clock, line.fact_thread, line.due_on.isoformat()]
    for name, args in (
        ("hand_over", [khans.yusuf.pk]),
        ("handover", [khans.yusuf.pk]),
        ("say_why_late", late),
        ("cover", []),
    ):
        page.goto(demo + reverse(name, args=args))
        both_widths(page, axe, name)


def test_a_managers_pages_hold_no_barrier(demo, page, axe, khans):
    manager = User.objects.get(name="Ruth Calder")
    for member in (manager, khans.worker):
        is_manager = member == manager
        Membership.objects.create(
            user=member, team=khans.team, is_manager=is_manager, started_on=khans.ago(9)
        )
    Allocation.objects.create(person=khans.zara, team=staff.unallocated_team(), role="", started_on=TODAY)
    Allocation.objects.filter(person=khans.zara, worker__isnull=False).update(ended_on=TODAY)
    lines = [one for one in due_for_people([khans.yunus.pk], timezone.now()) if one.clock == "AS-01"]
    (aside,) = workload.put_aside(lines=lines, because="He moved to his father’s in Leeds", by=khans.manager)
    save_draft(
        by=khans.worker, form="hand_over", about=str(khans.yusuf.pk), fields={"what": ["Trains"]}, revision=0,
        key="key-1", children=[khans.yusuf.pk],
    )  # fmt: skip
    staff.arrange_cover(
        worker=khans.worker, covered_by=manager, started_on=TODAY, ended_on=TODAY + timedelta(days=5),
        by=manager,
    )  # fmt: skip
    sign_in(page, demo, "Team manager")
    both_widths(page, axe, "managers-work")
    for name, args in (
        ("story", [khans.yunus.pk]),
        ("due_again", [khans.yunus.pk, aside.thread]),
        ("ties", [khans.amira.pk]),
        ("untie", [khans.amira.pk, khans.zara.pk]),
        ("left_unsent", []),
    ):
        page.goto(demo + reverse(name, args=args))
        both_widths(page, axe, name)
    page.goto(demo + reverse("children") + "?whose=nobody")
    both_widths(page, axe, "nobodys")
    page.goto(demo + reverse("left_unsent"))
    page.get_by_role("button", name="Take it over").click()
    page.get_by_text("It is yours to send now").wait_for()
    page.context.clear_cookies()
    sign_in(page, demo, "Head of service")
    for name, args in (
        ("settings_of_authority", []), ("set_locally", ["conference_days"]), ("whose_record", []),
    ):  # fmt: skip
        page.goto(demo + reverse(name, args=args))
        both_widths(page, axe, name)


def test_a_form_sent_without_scripts_after_the_sign_in_ended_is_sent_after_all(
    demo, page_without_scripts, axe, arrived, khans
):
    page = page_without_scripts
    sign_in(page, demo, "Social worker")
    page.get_by_role("link", name="Say why it is late").first.click()
    arrived(page)
    page.get_by_label("Yusuf Khan").check()
    page.get_by_label("Why is it late?").fill("The family was away")
    (session,) = [one for one in Session.objects.all() if LAST_SEEN_AT in one.get_decoded()]
    stale = {**session.get_decoded(), LAST_SEEN_AT: clock.time() - IDLE_SECONDS - 60}
    Session.objects.filter(pk=session.pk).update(session_data=SessionStore().encode(stale))
    page.get_by_role("button", name="Save why it is late").last.click()
    arrived(page)
    assert page.get_by_text("What you wrote is kept").is_visible()
    kept = parse_qs(urlsplit(page.url).query)["next"][0]
    sign_in(page, demo, "Social worker")
    page.goto(demo + kept)
    both_widths(page, lambda it: None, "kept")
    page.get_by_role("button", name="Send it now").click()
    arrived(page)
    assert page.get_by_text("The day it was due stays as it was").is_visible()
    assert SaidOfClock.objects.get().reason == "The family was away"


def test_a_reason_by_keyboard_and_a_handover_without_scripts(demo, page_without_scripts, arrived, khans):
    page = page_without_scripts
    sign_in(page, demo, "Social worker")
    page.get_by_role("link", name="Say why it is late").first.focus()
    page.keyboard.press("Enter")
    arrived(page)
    page.get_by_label("Yusuf Khan").check()
    page.get_by_label("Why is it late?").fill("The family was away")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    arrived(page)
    assert page.get_by_text("The day it was due stays as it was").is_visible()
    page.goto(demo + reverse("hand_over", args=[khans.yusuf.pk]))
    page.get_by_label("Yusuf Khan").check()
    page.get_by_label("Zainab Osei").check()
    page.get_by_label("What does Yusuf like").fill("Trains")
    page.get_by_label("different workers: why?").fill("His twin stays with who knows him")
    page.get_by_role("button", name="Hand over").last.click()
    arrived(page)
    assert page.get_by_text("What is owed and planned went with it").is_visible()
    assert Handover.objects.get().what_matters == "Trains"


def test_a_family_takes_a_place_on_a_phone_and_centres_hold_no_barrier(demo, page, axe, khans):
    lead = khans.manager
    centre = centres.open_centre(name="Mill Lane", address="1 Mill Lane", postcode="NB1 4AA", by=lead)
    session = centres.run_session(
        centre=centre, name="Cooking", repeats="weekly", started_on=TODAY - timedelta(days=7),
        opens_at=time(10), closes_at=time(12), is_bookable=True, places=3, by=lead,
    )  # fmt: skip
    page.goto(demo + reverse("open_sessions"))
    both_widths(page, axe, "open-this-week")
    page.get_by_role("link", name="Ask for a place").first.click()
    both_widths(page, axe, "take-place")
    page.get_by_label("How many of you come?").fill("2")
    page.get_by_role("button", name="Take the place").last.click()
    page.get_by_role("heading", name="You have a place").wait_for()  # it is sent once what was typed is kept
    assert SignUp.objects.get().called == ""
    sign_in(page, demo, "Family help lead")
    for name, args in (
        ("centres", []), ("run_session", [centre.thread]), ("centre_session", [session.thread]),
        ("count_who_came", [session.thread, TODAY.isoformat()]), ("unmet_needs", []), ("directory", []),
    ):  # fmt: skip
        page.goto(demo + reverse(name, args=args))
        both_widths(page, axe, name)
