"""Journeys to a child's story and back: by mouse, by keyboard, without scripts, on paper."""

import re

import pytest
from django.utils import timezone

from kith.record.access import services as access
from kith.record.people.models import Membership, PersonDetails, User
from kith.web.demo import make_demo_people
from kith.web.tests.families import LONG_AGO, the_khans

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 800}
REASON = "Police have brought her to the station"


@pytest.fixture
def khans(demo):
    """The Khans, with the demonstration's social worker and manager in their team."""
    people = {user.name: user for user in make_demo_people()}
    family = the_khans(timezone.localdate())
    Membership.objects.create(user=people["Sade Bankole"], team=family.team, started_on=LONG_AGO)
    Membership.objects.create(
        user=people["Ruth Calder"], team=family.team, is_manager=True, started_on=LONG_AGO
    )
    return family


def sign_in_as(page, demo, role):
    page.context.clear_cookies()
    page.goto(demo + "/")
    page.get_by_role("button", name=re.compile(f"^{role}")).first.click()
    page.wait_for_url(demo + "/")


def test_from_a_misspelt_name_to_the_story_its_source_and_back(demo, page, khans):
    sign_in_as(page, demo, "Social worker")
    page.get_by_label("Find a child by name, id or date of birth").fill("Ameera Kahn")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Amira Khan").click()
    assert page.get_by_role("heading", level=1).inner_text().startswith("Amira Khan, 6, is looked after")
    assert page.get_by_text("NB4 7DD").is_visible()
    page.get_by_role("link", name="Came into care: abuse or neglect").last.click()
    assert page.get_by_role("heading", level=1).is_visible()
    assert "/source/care.periodofcare/" in page.url
    page.get_by_role("link", name="Amira Khan").click()
    assert page.get_by_role("heading", name="The story", exact=True).is_visible()


def test_results_come_while_somebody_types(demo, page, khans):
    sign_in_as(page, demo, "Social worker")
    page.goto(demo + "/find/")
    page.keyboard.type("amira k")
    page.locator("#results").get_by_role("link", name="Amira Khan").wait_for()
    assert page.evaluate("document.activeElement.id") == "kith-find"


def test_broken_glass_reaches_the_manager_who_reviews_it(demo, page, khans):
    sign_in_as(page, demo, "Out-of-hours worker")
    page.goto(f"{demo}/find/?q=Amira+Khan")
    page.get_by_label("Why are you looking?").select_option("duty")
    page.locator("#results").get_by_role("link", name="Amira Khan").click()
    page.get_by_label("Why do you need to open this record?").fill(REASON)
    page.get_by_label("For how many hours?").fill("2")
    page.get_by_role("button", name="Open the record").click()
    assert page.get_by_role("heading", name="Where they sleep tonight").is_visible()
    sign_in_as(page, demo, "Team manager")
    page.get_by_role("link", name=re.compile(REASON)).first.click()
    page.get_by_label("Yes, the reason holds").check()
    page.get_by_label("What you found").fill("I rang the station")
    page.get_by_role("button", name="Record the review").click()
    assert page.get_by_text("Your review is on record").is_visible()


def test_the_keyboard_alone_finds_a_child_and_reads_the_story(demo, page, khans):
    sign_in_as(page, demo, "Social worker")
    page.keyboard.press("/")
    page.keyboard.type("khan amira")
    page.keyboard.press("Enter")
    page.wait_for_url("**/find/**")
    link = page.locator("#results").get_by_role("link", name="Amira Khan")
    for _ in range(30):
        page.keyboard.press("Tab")
        if link.evaluate("(element) => element === document.activeElement"):
            break
    page.keyboard.press("Enter")
    page.wait_for_url("**/child/**")
    assert page.get_by_role("heading", level=1).inner_text().startswith("Amira Khan")


def test_without_scripts_a_child_is_found_for_a_reason_and_read(demo, page_without_scripts, khans):
    page = page_without_scripts
    sign_in_as(page, demo, "Front door and duty worker")
    page.get_by_label("Find a child by name, id or date of birth").fill("Amira Kan")
    page.get_by_role("button", name="Find", exact=True).click()
    page.get_by_label("Why are you looking?").select_option("new_contact")
    page.get_by_role("button", name="Show them").click()
    page.locator("#results").get_by_role("link", name="Amira Khan").click()
    assert page.get_by_role("heading", name="Open this record for a reason").is_visible()
    assert page.get_by_text("Zainab Osei").is_visible()


@pytest.mark.parametrize("size", [PHONE, pytest.param(DESK, marks=pytest.mark.slow)], ids=["phone", "desk"])
def test_no_page_about_a_child_has_a_barrier_or_runs_off_its_side(demo, page, axe, khans, size):
    page.set_viewport_size(size)
    child = f"{demo}/child/{khans.amira.pk}"
    source = f"{child}/source/people.persondetails/"
    details = PersonDetails.current.get(person=khans.amira)
    glass = access.break_glass(
        khans.grandfather, by=User.objects.get(name="Owen Pritchard"), reason=REASON, hours=2
    )
    pages = {
        "Social worker": [
            "/",
            "/find/",
            "/find/?q=Amira+Khan",
            "/find/?q=Salma+Secret&why=duty",
            "/children/?whose=team",
            f"{child}/",
            f"{child}/chronology/",
            f"{source}{details.thread}/",
            f"{child}/who-looked/",
            f"/child/{khans.grandfather.pk}/open/",
            f"/child/{khans.hidden.pk}/",
        ],
        "Team manager": ["/", "/children/?whose=nobody", f"/glass/{glass.pk}/review/"],
        "Custodian of restricted records": ["/", "/restricted-matches/"],
    }
    for role, addresses in pages.items():
        sign_in_as(page, demo, role)
        for address in addresses:
            page.goto(address if address.startswith("http") else demo + address)
            axe(page)
            assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), address


def test_on_paper_nothing_of_the_story_is_cut(demo, page, khans):
    sign_in_as(page, demo, "Social worker")
    page.goto(f"{demo}/child/{khans.amira.pk}/")
    page.set_viewport_size({"width": 680, "height": 960})  # A4 between its margins
    page.emulate_media(media="print")
    for picture in page.locator("svg").all():
        box = picture.bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 680
    assert page.evaluate("document.documentElement.scrollWidth") <= 680
    assert page.get_by_text("To print this page").is_hidden()
    for act in ("Add a note", "Write the visit", "Safe contact"):
        assert page.get_by_role("link", name=act, exact=True).count() == 0, act  # nobody can press it
    assert not page.get_by_role("button").first.is_visible()
    assert (
        page.evaluate("getComputedStyle(document.querySelector('.govuk-link'), '::after').content") == "none"
    )
    here = page.locator(".kith-path__step--here").first  # black on teal, where a browser prints colours
    assert here.evaluate("it => getComputedStyle(it).backgroundColor") == "rgba(0, 0, 0, 0)"
    assert page.pdf(format="A4").count(b"/Type /Page\n") <= 5


def test_the_life_opens_at_its_newest_end_and_the_family_at_the_child(demo, page, khans):
    page.set_viewport_size(PHONE)
    sign_in_as(page, demo, "Social worker")
    page.goto(f"{demo}/child/{khans.amira.pk}/")
    life = page.locator("[data-newest]")
    assert life.evaluate("(wide) => wide.scrollLeft + wide.clientWidth >= wide.scrollWidth - 1")
    names = page.locator(".kith-picture__names").bounding_box()
    assert names["x"] >= 0  # the lanes keep their words while the picture moves beneath
    child = page.locator(".kith-genogram__person--child").bounding_box()
    assert 0 <= child["x"] <= PHONE["width"]
