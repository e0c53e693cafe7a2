"""Journeys in a real browser, scripts off: an administrator adds a worker; a manager restricts a record."""

import pytest
from django.utils import timezone

from kith.record.access.models import Restriction
from kith.record.people.models import User
from kith.record.people.queries import roles_of
from kith.web.demo import make_demo_people
from kith.web.tests.families import the_khans

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 800}


@pytest.fixture
def looks_right():
    """Checks that nothing runs off the side of a page at phone and desk width."""

    def check(page):
        for size in (DESK, PHONE):
            page.set_viewport_size(size)
            runs_off = page.locator("html").evaluate("it => it.scrollWidth > window.innerWidth")
            assert not runs_off, page.url

    return check


def sign_in(page, demo, role):
    page.goto(demo + "/")
    page.get_by_role("button", name=role).first.click()
    page.wait_for_url(demo + "/")


def test_an_administrator_adds_a_worker_and_ends_their_role(demo, page_without_scripts, looks_right):
    make_demo_people()
    page = page_without_scripts
    sign_in(page, demo, "System administrator")
    page.get_by_role("link", name="Staff").click()
    looks_right(page)
    page.get_by_role("link", name="Add a worker").click()
    page.get_by_label("Name", exact=True).fill("Jo New")
    page.get_by_label("Email address").fill("jo@northbrook.example")
    page.get_by_label("Role").select_option("Social worker")
    looks_right(page)
    page.get_by_role("button", name="Add this worker").click()
    assert page.get_by_role("heading", name="Jo New can sign in").is_visible()
    looks_right(page)
    page.get_by_role("link", name="Go to Jo New").click()
    looks_right(page)
    page.get_by_role("link", name="End it").click()
    looks_right(page)
    page.get_by_role("button", name="End this role").click()
    assert page.get_by_text("Jo New no longer has the role from that day.").is_visible()
    assert roles_of(User.objects.get(name="Jo New")) == set()


@pytest.mark.parametrize("address", ["/staff/", "/staff/teams/", "/staff/roles/", "/staff/add/"])
def test_the_pages_for_staff_hold_no_barrier(demo, page, axe, looks_right, address):
    make_demo_people()
    sign_in(page, demo, "System administrator")
    page.goto(demo + address)
    axe(page)
    looks_right(page)
    axe(page)


def test_a_manager_restricts_a_record_by_keyboard(demo, page, axe, looks_right):
    make_demo_people()
    khans = the_khans(timezone.localdate())
    sign_in(page, demo, "Team manager")
    page.goto(f"{demo}/child/{khans.amira.pk}/restrictions/")
    axe(page)
    looks_right(page)
    page.get_by_label("Police operation").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.type("An operation")
    page.keyboard.press("Tab")
    page.keyboard.type("Noel")
    page.get_by_role("button", name="Restrict this record").focus()
    page.keyboard.press("Enter")
    page.wait_for_url(demo + "/")
    assert Restriction.objects.get(person=khans.amira).custodian == khans.custodian
