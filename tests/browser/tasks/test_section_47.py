"""An enquiry about three children begun, discussed, and its conference convened: what it costs."""

from datetime import timedelta

import pytest
from django.utils import timezone

from kith.record.people.models import Membership, Role, Team, User
from kith.record.protection.models import Conference, EnquiryFinding, Section47Enquiry
from kith.record.protection.queries import conference_parts
from kith.web.demo import make_demo_people
from kith.web.tests.families import LONG_AGO, the_okoros, user

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 800}


@pytest.fixture
def family(demo, page):
    """The Okoros, whose worker is the social worker of the demonstration, on Ada's page."""
    make_demo_people()
    worker = User.objects.get(roles_held__role=Role.SOCIAL_WORKER)
    family = the_okoros(timezone.localdate())
    for child in (family.ada, family.ben, family.chi):
        for held in child.allocation_facts.filter(superseded_at=None):
            held.worker = worker
            held.save(update_fields=["worker"])
    chair = user("Cleo Chair", Role.REVIEWING_OFFICER)
    reviewing = Team.objects.create(name="Reviewing")
    Membership.objects.create(user=chair, team=reviewing, started_on=LONG_AGO)
    page.goto(demo + "/")
    page.get_by_role("button", name="Social worker").first.click()
    page.wait_for_url(demo + "/")
    page.goto(f"{demo}/child/{family.ada.pk}/")
    return family


def test_an_enquiry_for_three_is_begun_and_its_conference_convened(family, page, counted, axe, shots):
    task = counted("section_47", children=3)
    task.begin(page.get_by_role("link", name="Start section 47 enquiry").first)
    task.look("Start section 47 enquiry")
    page.get_by_text("No help is on record").first.wait_for()
    task.press(page.get_by_role("button", name="All three"))
    task.type(page.get_by_label("What harm is suspected"), "Bruises on all of them; Ada says it was a belt.")
    shots("enquire")
    axe(page)
    task.press(page.get_by_role("button", name="Start section 47 enquiry", exact=True).last)
    page.wait_for_url("**/strategy-discussion/")
    assert Section47Enquiry.current.count() == 3
    act = "Save, and plan the conference"
    task.look(act)
    task.press(page.get_by_role("checkbox", name="Police"))
    task.press(page.get_by_label("Health: hospital or clinic"))
    task.type(page.get_by_label("What was shared, and what was agreed"), "They sleep at Nan’s tonight.")
    task.press(page.get_by_label("Enquire with police"))
    shots("strategy")
    axe(page)
    task.press(page.get_by_role("button", name=act, exact=True).last)
    page.wait_for_url("**/conference/arrange/")
    act = "Convene the conference"
    task.look(act)
    task.press(page.get_by_label("Borne out and continuing").first)
    task.press(page.locator("input[name=slot]").first)
    task.press(page.locator("input[name=family_told_by]").first)
    shots("conference")
    axe(page)
    task.press(page.get_by_role("button", name=act, exact=True).last)
    page.get_by_text("The conference is convened").wait_for()
    conference = Conference.current.get()
    assert len(conference_parts(conference.thread)) == EnquiryFinding.current.count() == 3
    assert conference.planned_for.date() <= timezone.localdate() + timedelta(days=35)
    shots("convened")
    axe(page)
    cost = task.cost()
    assert (cost.screens, len(cost.required)) == (3, 8)
    assert cost.clicks <= 11


@pytest.fixture
def shots(page):
    """Looks at a page at both widths: nothing may stand wider than the screen."""

    def look(name):
        for view in (DESK, PHONE, DESK):
            page.set_viewport_size(view)
            wide = page.evaluate("document.documentElement.scrollWidth")
            assert wide <= view["width"], f"{name} is {wide} px wide on {view['width']} px"

    return look
