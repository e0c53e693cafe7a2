"""Somebody is asked for, put on record, tied and reached safely: by keyboard, without scripts, on a phone."""

import re

import pytest
from django.utils import timezone

from kith.record.people import services as people
from kith.record.people.models import Membership, PersonName
from kith.web.demo import make_demo_people
from kith.web.tests.families import LONG_AGO, the_khans

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 800}


@pytest.fixture
def khans(demo):
    """The Khans, with the demonstration's social worker in their team."""
    staff = {user.name: user for user in make_demo_people()}
    family = the_khans(timezone.localdate())
    Membership.objects.create(user=staff["Sade Bankole"], team=family.team, started_on=LONG_AGO)
    return family


def sign_in_as(page, demo, role):
    page.context.clear_cookies()
    page.goto(demo + "/")
    page.get_by_role("button", name=re.compile(f"^{role}")).first.click()
    page.wait_for_url(demo + "/")


@pytest.mark.parametrize("size", [PHONE, pytest.param(DESK, marks=pytest.mark.slow)], ids=["phone", "desk"])
def test_the_pages_hold_no_barrier_and_do_not_run_off(demo, page, axe, khans, size):
    double = people.register_person(by=khans.manager, given_names="Ameera", family_name="Khan")
    proposal = people.propose_match(khans.amira, double, because="Both have the same child id")
    people.record_safe_contact(
        khans.amira, by=khans.worker, way="text", is_safe=False, said_by="Her grandmother",
        started_on=khans.today,
    )  # fmt: skip
    name = PersonName.current.filter(person=khans.amira, kind="legal").first()
    page.set_viewport_size(size)
    child = f"/people/{khans.amira.pk}"
    for role, addresses in (
        ("Social worker", [
            "/people/match/?q=Ameera+Khan", "/people/register/", f"{child}/relate/?q=Zara+Khan",
            f"{child}/relate/?other={khans.zara.pk}", f"{child}/names/", f"{child}/names/{name.thread}/",
            f"{child}/safe-contact/", f"/child/{khans.amira.pk}/",
        ]),
        ("Front door and duty worker", ["/people/same/", f"/people/same/{proposal.pk}/"]),
    ):  # fmt: skip
        sign_in_as(page, demo, role)
        for address in addresses:
            page.goto(demo + address)
            axe(page)
            assert not page.locator("html").evaluate("it => it.scrollWidth > window.innerWidth"), address


def test_who_may_be_meant_comes_while_somebody_types(demo, page, khans):
    sign_in_as(page, demo, "Social worker")
    page.goto(demo + "/people/match/")
    page.get_by_label("Name, and date of birth").focus()
    page.keyboard.type("amira k")
    page.locator("#meant").get_by_role("link", name="Amira Khan").wait_for()
    assert page.evaluate("document.activeElement.id") == "match-q"


def test_somebody_new_is_put_on_record_without_scripts_by_keyboard(demo, page_without_scripts, khans):
    page = page_without_scripts
    sign_in_as(page, demo, "Social worker")
    page.goto(demo + "/people/register/")
    page.get_by_label("Given names").fill("Amira")
    page.get_by_label("Family name").fill("Khan")
    page.get_by_label("A child, or a baby not yet born").focus()
    page.keyboard.press("Space")
    page.get_by_label("Family name").press("Enter")
    assert page.get_by_text("Somebody like this is on record").is_visible()
    page.get_by_role("button", name="None of these: put on record").focus()
    page.keyboard.press("Enter")
    page.get_by_text("Amira Khan is on record").wait_for()
    assert PersonName.current.filter(given_names="Amira", family_name="Khan").count() == 2
