"""Journeys through the figures in a real browser: a director, a phone, no scripts, the keyboard, paper."""

import re

import pytest
from tests.reference import SAMPLES

from kith.dataset.readers.folder import read_folder
from kith.record.figures import comparisons, services
from kith.record.importer.tests.made import bring

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 800}
YEARS = SAMPLES / "903_years"
POPULATIONS = "authority,year,children\n999,2021,20000\n999,2022,20000\n"


@pytest.fixture
def record(settings, tmp_path):
    """A record that began with two years of an invented authority's returns."""
    if not YEARS.is_dir():
        pytest.skip("NOT RUN: the sample returns are not here")
    settings.HOME = tmp_path / "home"
    for year in (2021, 2022):
        place = tmp_path / str(year)
        place.mkdir()
        for file in YEARS.glob(f"{year - 1}-*.csv"):
            (place / file.name).write_bytes(file.read_bytes())
        bring(read_folder(place, authority="999"))


@pytest.fixture
def taken(record):
    return services.take()


@pytest.fixture
def looks_right(axe):
    """Checks a page at phone and desk width: no barrier, and nothing runs off its side."""

    def check(page):
        for size in (PHONE, DESK):
            page.set_viewport_size(size)
            axe(page)
            assert not page.evaluate("document.documentElement.scrollWidth > window.innerWidth"), page.url

    return check


def sign_in(page, demo, role):
    page.goto(demo + "/")
    page.get_by_role("button", name=role).first.click()
    page.wait_for_url(demo + "/")


def test_a_director_has_the_figures_worked_out_and_reads_them(demo, page, looks_right, record):
    sign_in(page, demo, "Head of service")
    page.get_by_role("link", name="Insight").click()
    assert page.get_by_text("No figures have been worked out yet.").is_visible()
    looks_right(page)
    page.get_by_role("button", name="Work out today’s figures").click()
    page.get_by_role("heading", name="What stands out").wait_for(timeout=120_000)
    looks_right(page)
    assert page.locator(".kith-finding").count() == 6
    page.get_by_role("link", name="Show the figures of children in care").click()
    page.get_by_role("heading", name="Children in care", exact=False).first.wait_for()
    looks_right(page)
    page.get_by_role("link", name="Children in care", exact=True).first.click()
    looks_right(page)
    page.get_by_text(re.compile("As a table.*over the years")).click()
    assert page.get_by_role("table").first.is_visible()
    page.get_by_label("By", exact=True).select_option("sex")
    page.get_by_role("button", name="Show", exact=True).click()
    assert page.get_by_text("Children in care, by sex", exact=True).is_visible()
    page.get_by_role("link", name="Show the children").click()
    page.get_by_role("heading", name="The children behind it").wait_for()
    looks_right(page)


def test_the_keyboard_alone_leads_to_the_figures(demo, page, taken):
    sign_in(page, demo, "Head of service")
    page.keyboard.press("g")
    page.keyboard.press("i")
    page.get_by_role("heading", name="What stands out").wait_for()
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent").startswith("What this does not know"):
            break
    page.keyboard.press("Enter")
    assert page.locator(".kith-finding__unknown[open] li").first.is_visible()
    for _ in range(5):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent").startswith("Show the figures"):
            break
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="What this does not know").wait_for()


def test_it_works_on_a_phone_with_scripts_off(demo, page_without_scripts, taken, tmp_path):
    page = page_without_scripts
    page.set_viewport_size(PHONE)
    sign_in(page, demo, "Data analyst")
    page.goto(demo + "/insight/")
    page.get_by_label("Period").select_option(index=1)
    page.get_by_role("button", name="Show", exact=True).click()
    assert "period=" in page.url
    page.goto(demo + "/insight/figure/children_in_care/")
    with page.expect_download() as download:
        page.get_by_role("link", name=re.compile("CSV.*Exact")).click()
    download.value.save_as(tmp_path / "figure.csv")
    assert (tmp_path / "figure.csv").read_text("utf-8-sig").startswith("authority,indicator,title,")


def test_an_analyst_gives_how_many_children_live_here(demo, page, looks_right, taken, tmp_path):
    sign_in(page, demo, "Data analyst")
    page.goto(demo + "/insight/beside/")
    looks_right(page)
    wrong = tmp_path / "wrong.csv"
    wrong.write_bytes(b"PK\x03\x04" + bytes(90))
    page.get_by_label("How many children live here").check()
    page.get_by_label("The file", exact=True).set_input_files(wrong)
    page.get_by_role("button", name="Give this file").click()
    assert page.get_by_role("alert").get_by_text("This is a spreadsheet").is_visible()
    looks_right(page)
    right = tmp_path / "children.csv"
    right.write_text(POPULATIONS)
    page.get_by_label("How many children live here").check()
    page.get_by_label("The file", exact=True).set_input_files(right)
    page.get_by_role("button", name="Give this file").click()
    assert page.get_by_text("How many children live here: Years to 31 March 2021 to 2022").is_visible()
    page.goto(demo + "/insight/figure/children_in_care/")
    assert page.get_by_text("per 10,000 children").first.is_visible()
    assert comparisons.held()[0].since


def test_somebody_who_decides_is_told_how_it_comes(demo, page, looks_right, taken):
    sign_in(page, demo, "Social worker")
    page.get_by_role("link", name="What became of my decisions").click()
    page.get_by_role("heading", name="What became of my decisions").wait_for()
    looks_right(page)
