"""Journeys in a real browser: the pages of protection hold no barrier, on a phone and at a desk."""

import os
from datetime import time
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kith.record.pathway import protecting
from kith.record.people.models import Role
from kith.record.planning.models import PlanKind
from kith.record.planning.queries import open_plan
from kith.record.planning.services import set_goal
from kith.record.protection import services
from kith.record.protection.models import ProtectionPlan, Section47Enquiry
from kith.record.protection.queries import invited_to
from kith.record.protection.services import Asked, Found
from kith.standards.working_days import add_working_days, in_london
from kith.web.tests.families import the_okoros, user

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 800}
PICTURES = os.environ.get("KITH_PICTURES")  # a folder for pictures of the pages, to be looked at
BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def okoros(demo):
    """Ada and Ben have a plan, Chi's enquiry waits for a manager's word, a review is arranged."""
    family = the_okoros(timezone.localdate())
    by, three = family.worker, [family.ada, family.ben, family.chi]
    protecting.begin_enquiry(children=three, suspected_harm="Bruises on Ada’s arms.", by=by)
    protecting.hold_strategy_discussion(
        children=three, held_at=timezone.now(), decision="enquire_with_police", discussed="All seen today.",
        took_part=[{"agency": "police", "who": "PC Bell"}, {"agency": "gp", "who": "Dr Rao"}], by=by,
    )  # fmt: skip
    found = {child.pk: Found("continuing", "As the doctor saw", seen_on=family.today) for child in three}
    found[family.chi.pk] = Found("not_borne_out", "Chi is well cared for.", seen_on=family.today)
    services.find(
        enquiries=list(Section47Enquiry.current.all()), on=family.today, found=found, by=by,
    )  # fmt: skip
    for child in three[:2]:
        ProtectionPlan.objects.create(
            person=child, started_on=family.ago(470), initial_category="PHY", latest_category="PHY"
        )
    protecting.planning.start_plan(kind=PlanKind.PROTECTION, people=three[:2], on=family.today, by=by)
    written = open_plan(family.ada.pk, PlanKind.PROTECTION)
    set_goal(plan=written, what="The children sleep safely every night", by=by)
    plans = list(ProtectionPlan.current.all())
    services.hold_core_group(
        plans=plans, on=family.ago(2), who_came="Mum, the school", what_changed="He left the house", by=by
    )
    family.conference = services.convene_conference(
        children=three[:2], kind="review", by=by, now=timezone.now(),
        planned_for=in_london(add_working_days(family.today, 8), time(10)),
        people=[Asked("Grace Okoro", relative=family.people["mother"]), Asked("Bea Nurse", agency="gp")],
        chair=user("Cleo Chair", Role.REVIEWING_OFFICER),
        of_each={plan.person_id: {"plan_thread": plan.thread} for plan in plans},
    )  # fmt: skip
    return family


def signed_in_as(page, demo, someone):
    client = Client()
    client.force_login(someone, backend=BACKEND)
    page.context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": demo}])


def both_widths(page, axe, name):
    for width, size in (("desk", DESK), ("phone", PHONE)):
        page.set_viewport_size(size)
        if size == PHONE:  # all that is at a desk is there as well
            axe(page)
        assert not page.locator("html").evaluate("it => it.scrollWidth > window.innerWidth"), page.url
        if PICTURES:
            page.screenshot(path=Path(PICTURES) / f"{name}-{width}.png", full_page=True)


def test_the_pages_of_a_worker_hold_no_barrier(page, demo, axe, okoros):
    signed_in_as(page, demo, okoros.worker)
    ada = okoros.ada.pk
    names = [
        "enquire", "enquiry", "strategy_discussion", "arrange_conference", "protection_plan", "core_group",
        "legal_look", "previous_plans", "transfer_in", "transfer_out", "emergency", "use_emergency_power",
        "story",
    ]  # fmt: skip
    for name in names:
        page.goto(demo + reverse(name, args=[ada]))
        both_widths(page, axe, name)
    page.goto(demo + reverse("conference", args=[okoros.conference.thread]))
    both_widths(page, axe, "conference")
    nurse = next(one for one in invited_to(okoros.conference.thread) if one.name == "Bea Nurse")
    page.goto(demo + reverse("conference_person", args=[okoros.conference.thread, nurse.thread]))
    both_widths(page, axe, "conference-person")


def test_a_chair_and_a_manager_do_their_part_with_the_keyboard(page, demo, axe, okoros):
    signed_in_as(page, demo, okoros.conference.chair)
    page.goto(demo + reverse("chair_conference", args=[okoros.conference.thread]))
    both_widths(page, axe, "chair")
    signed_in_as(page, demo, okoros.manager)
    page.goto(demo + reverse("my_work"))
    both_widths(page, axe, "to-agree")
    page.get_by_role("link", name="Read and agree what was found about").press("Enter")
    both_widths(page, axe, "agree")
    for _ in (okoros.ada, okoros.ben, okoros.chi):  # each press leads to the next of the family
        name = page.get_by_role("heading", level=1).inner_text()
        page.get_by_role("button", name="Agree what was found about").press("Enter")
        page.get_by_text("You agreed what the enquiry found").wait_for()
        page.wait_for_function("name => document.querySelector('h1').innerText !== name", arg=name)
    assert page.url == demo + reverse("my_work")
    assert not page.get_by_role("link", name="Read and agree what was found about").count()


def test_on_a_phone_a_name_is_asked_of_the_agencies_that_are_ticked(page, demo, okoros):
    signed_in_as(page, demo, okoros.worker)
    page.set_viewport_size(PHONE)
    page.goto(demo + reverse("strategy_discussion", args=[okoros.ada.pk]))
    name = page.get_by_label("Who came (Police)")
    assert name.is_hidden()
    page.get_by_label("Police", exact=True).check()
    name.fill("PC Bell")
    page.get_by_label("Police", exact=True).uncheck()
    assert name.is_visible()  # what is typed is seen, as it would be sent
