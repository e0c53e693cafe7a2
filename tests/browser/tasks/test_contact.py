"""A contact about three children is written down and decided: counted on the shortest honest path."""

from datetime import timedelta

import pytest
from django.utils import timezone

from kith.record.frontdoor.models import Decision, Message, Referral
from kith.record.people.models import Person, PersonDetails, PersonName, Relationship
from kith.web.demo import make_demo_people

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 800}


def child(given, years):
    person = Person.objects.create()
    born = timezone.localdate() - timedelta(days=366 * years)
    PersonDetails.objects.create(person=person, date_of_birth=born)
    PersonName.objects.create(person=person, given_names=given, family_name="Khan")
    return person


@pytest.fixture
def family(demo, page):
    """Three brothers and sisters on record, and a team manager on the first page."""
    make_demo_people()
    amira, yusuf, sana = child("Amira", 7), child("Yusuf", 5), child("Sana", 2)
    for other in (yusuf, sana):
        Relationship.objects.create(person=amira, other=other, kind="sibling")
    Relationship.objects.create(person=yusuf, other=sana, kind="sibling")
    page.goto(demo + "/")
    page.get_by_role("button", name="Team manager").first.click()
    page.wait_for_url(demo + "/")
    return [amira, yusuf, sana]


def test_a_contact_about_three_children_is_recorded_and_decided(family, page, counted):
    task = counted("contact", children=3)
    task.begin(page.get_by_role("link", name="New contact"))
    task.look("Next: decide")
    task.type(page.get_by_label("Who is it about?"), "Amira Khan")
    task.press(page.get_by_label("All three:"))
    task.press(page.get_by_label("Police"))
    task.type(
        page.get_by_label("What did they say?"), "Called at night: shouting, and Sana was crying alone."
    )
    task.press(page.get_by_role("button", name="Next: decide").last)
    page.wait_for_url("**/decide/")
    act = "Decide for Amira, Yusuf and Sana"
    task.look(act)
    task.press(page.get_by_label("Find out what is needed").first)
    task.press(page.get_by_label("Level 4"))
    task.type(page.get_by_label("Why this?"), "Alone at two, and shouting before.")
    task.press(page.get_by_label("They know and agree"))
    task.press(page.get_by_label("To help a child"))
    task.press(page.get_by_role("button", name=act).last)
    page.wait_for_url("**/reply/")
    assert Decision.objects.count() == 1 and Message.objects.filter(supersedes=None).count() == 1
    assert {one.person for one in Referral.current.all()} == set(family)
    cost = task.cost()
    assert (cost.screens, len(cost.required), cost.clicks) == (2, 8, 9)


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_the_front_door_has_no_barriers_at_either_width(family, page, axe, demo, size):
    page.set_viewport_size(size)
    page.goto(f"{demo}/front-door/new/")
    page.get_by_label("Who is it about?").fill("Amira Khan")
    page.get_by_label("All three:").check()
    page.get_by_label("School", exact=True).check()
    page.get_by_label("Schools").check()
    page.get_by_label("What did they say?").fill("Hungry every day.")
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    page.get_by_role("button", name="Next: decide").last.click()
    page.wait_for_url("**/decide/")
    axe(page)
    assert page.locator("input:checked").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    for address in (
        "/front-door/",
        "/tell-us-about-a-child/",
        f"/front-door/{Message.current.get().thread}/",
    ):
        page.goto(demo + address)
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_without_scripts_a_contact_is_looked_up_and_written(family, page_without_scripts, demo):
    page = page_without_scripts
    page.goto(demo + "/")
    page.get_by_role("button", name="Team manager").first.click()
    page.goto(f"{demo}/front-door/new/")
    page.get_by_label("What did they say?").fill("Hungry every day.")
    page.get_by_label("Who is it about?").fill("Amira Khan")
    page.get_by_role("button", name="Look", exact=True).click()
    page.get_by_label("All three:").check()
    page.get_by_label("Police").check()
    page.get_by_role("button", name="Next: decide").last.click()
    page.wait_for_url("**/decide/")
    assert page.get_by_text("Hungry every day.").count() == 1
