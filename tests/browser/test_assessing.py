"""An assessment in a real browser: written about two children, read by a manager, felt in two taps."""

from datetime import timedelta

import pytest
from django.utils import timezone

from kith.record.frontdoor.services import receive_referral
from kith.record.people.models import (
    Allocation,
    Membership,
    Person,
    PersonDetails,
    PersonName,
    Relationship,
    Team,
    User,
)
from kith.web.demo import make_demo_people

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 800}
WORKER, MANAGER = "Social worker", "Team manager"


def child(name, team, worker):
    person = Person.objects.create()
    PersonDetails.objects.create(person=person, date_of_birth=timezone.localdate() - timedelta(days=2_700))
    PersonName.objects.create(person=person, given_names=name, family_name="Khan")
    Allocation.objects.create(
        person=person, worker=worker, team=team, started_on=timezone.localdate() - timedelta(days=9)
    )
    return person


@pytest.fixture
def family(settings):
    """Amira and Yusuf, referred a week ago, with the demonstration's worker; her manager manages the team."""
    settings.DEMO = True
    make_demo_people()
    team, today = Team.objects.create(name="Assessment east"), timezone.localdate()
    worker, manager = (
        User.objects.filter(roles_held__role=role).first() for role in ("social_worker", "team_manager")
    )
    Membership.objects.create(user=worker, team=team, started_on=today - timedelta(days=9))
    Membership.objects.create(user=manager, team=team, is_manager=True, started_on=today - timedelta(days=9))
    children = [child(name, team, worker) for name in ("Amira", "Yusuf")]
    Relationship.objects.create(person=children[0], other=children[1], kind="sibling")
    receive_referral(
        children=children,
        on=today - timedelta(days=7),
        source="2A",
        primary_need="N1",
        is_no_further_action=False,
        by=worker,
    )
    return children


@pytest.fixture
def looks_right(axe):
    """Checks a page at phone and desk width: no barrier, and nothing runs off its side."""

    def check(page):
        for size in (PHONE, DESK):
            page.set_viewport_size(size)
            axe(page)
            assert not page.locator("html").evaluate("it => it.scrollWidth > window.innerWidth"), page.url

    return check


def sign_in(page, demo, role):
    page.goto(demo + "/")
    page.get_by_role("button", name=role).first.click()
    page.wait_for_url(demo + "/")


def test_an_assessment_from_its_start_to_how_it_felt(demo, page, looks_right, family):
    sign_in(page, demo, WORKER)
    page.goto(f"{demo}/child/{family[0].pk}/")
    page.get_by_role("link", name="Start an assessment").click()
    looks_right(page)
    page.get_by_role("button", name="Both").click()
    page.get_by_role("button", name="Start the assessment").click()
    page.get_by_role("heading", name="Assessment of").wait_for()
    looks_right(page)
    at = page.url
    page.get_by_role("link", name="Write about the family").click()
    page.get_by_label("What are we worried about?").fill("Dad shouts at night, Amira says.")
    looks_right(page)
    page.get_by_role("button", name="Save what I wrote").click()
    for name in ("Amira Khan", "Yusuf Khan"):
        page.get_by_role("link", name=f"Write about {name}").click()
        page.get_by_label("What the child says").fill(f"{name} likes school.")
        page.get_by_label("Mental health: parent or carer").check()
        page.get_by_label("Nobody has seen this child yet. Why?").fill("Visit booked for Friday")
        page.get_by_label("A child in need plan").check()
        looks_right(page)
        page.get_by_role("button", name="Save what I wrote").click()
    page.get_by_role("link", name="Ask a manager to read it").click()
    page.get_by_role("button", name="Ask a manager to read it").click()
    page.get_by_text("Waiting for a manager to read it").first.wait_for()
    page.context.clear_cookies()
    sign_in(page, demo, MANAGER)
    page.get_by_role("link", name="Read the assessment by").click()
    looks_right(page)
    assert page.locator("input:checked").count() == 0  # nothing is decided beforehand
    page.get_by_role("heading", name="Not written yet").wait_for()
    page.get_by_label("Authorise it for every child").check()
    page.get_by_label("If you authorise it as it is: why is that enough?").fill("Seen by all of us on Friday")
    page.get_by_role("button", name="Decide").click()
    page.get_by_text("is authorised, and what comes next").wait_for()
    page.context.clear_cookies()
    sign_in(page, demo, WORKER)
    page.goto(at)
    page.get_by_role("link", name="Ask how it felt").click()
    page.get_by_label("Who will be asked?").fill("Mum, Nadia")
    page.get_by_role("button", name="Make a link for them").click()
    link = page.locator(".kith-link-to-give").inner_text()
    looks_right(page)
    page.context.clear_cookies()
    page.goto(link)
    looks_right(page)
    page.get_by_role("button", name="It helped", exact=True).click()
    page.get_by_role("button", name="Yes", exact=True).click()
    page.get_by_role("heading", name="Thank you").wait_for()


def test_it_is_written_without_scripts_and_by_keyboard(demo, page_without_scripts, family):
    page = page_without_scripts
    sign_in(page, demo, WORKER)
    page.goto(f"{demo}/child/{family[0].pk}/assess/")
    for role, name in (
        ("button", "Both"),
        ("button", "Start the assessment"),
        ("link", "Write about the family"),
    ):
        with page.expect_navigation():
            page.get_by_role(role, name=name).focus()
            page.keyboard.press("Enter")
    page.get_by_label("What is going well?").focus()
    page.keyboard.type("Gran is near.")
    with page.expect_navigation():
        page.get_by_role("button", name="Save what I wrote").focus()
        page.keyboard.press("Enter")
    assert page.get_by_text("Gran is near.").is_visible()


def test_school_is_written_on_one_short_page(demo, page, looks_right, family):
    sign_in(page, demo, WORKER)
    page.goto(f"{demo}/child/{family[0].pk}/school/")
    looks_right(page)
    page.get_by_role("link", name="Say where Amira Khan learns now").click()
    looks_right(page)
    page.get_by_label("Off the roll: no longer at any school").check()
    page.get_by_label("Since which day?").fill(f"{timezone.localdate():%d/%m/%Y}")
    page.get_by_role("button", name="Save where the child learns").click()
    page.get_by_text("No school", exact=True).first.wait_for()
    page.goto(f"{demo}/child/{family[0].pk}/")
    assert page.locator("strong", has_text="No school").is_visible()
