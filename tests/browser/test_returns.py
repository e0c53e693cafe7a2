"""Journeys of an analyst through returns in a real browser: in, looked at, taken in, undone, and sent."""

import zipfile

import pytest
from tests.reference import SAMPLES

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 800}
YEARS = SAMPLES / "903_years"


def sign_in(page, demo):
    page.goto(demo + "/")
    page.get_by_role("button", name="Analyst").first.click()
    page.wait_for_url(demo + "/")


def choose(page, demo, files):
    page.goto(demo + "/returns/")
    page.get_by_role("link", name="Bring returns in").click()
    page.get_by_label("Files", exact=True).set_input_files([str(file) for file in files])
    page.get_by_label("The authority’s code").fill("999")
    page.get_by_role("button", name="Look at these files").click()


@pytest.fixture
def looks_right(axe):
    """Checks a page at phone and desk width: no barrier, and nothing runs off its side."""

    def check(page):
        for size in (PHONE, DESK):
            page.set_viewport_size(size)
            axe(page)
            assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), page.url

    return check


def test_five_years_come_in_and_one_goes_out(demo, page, looks_right, tmp_path):
    sign_in(page, demo)
    for address in ("/returns/", "/returns/send/", "/returns/bring-in/"):
        page.goto(demo + address)
        looks_right(page)
    choose(page, demo, sorted(YEARS.glob("*.csv")))
    assert page.get_by_role("heading", name="SSDA903 2017-18").is_visible()
    assert page.get_by_role("heading", name="SSDA903 2021-22").is_visible()
    looks_right(page)
    page.get_by_role("button", name="Bring these in").click()
    page.wait_for_url("**/returns/import/*/", timeout=120_000)
    done = page.url
    assert page.get_by_role("heading", name="SSDA903 2017-18 to 2021-22").is_visible()
    assert "21,441" in page.locator(".kith-counts").inner_text()
    looks_right(page)
    page.get_by_role("link", name="Dated outside its year").click()
    looks_right(page)
    page.goto(demo + "/returns/send/")
    page.get_by_label("Which return?").select_option("903:2020")
    page.get_by_role("button", name="See what will be sent").click()
    looks_right(page)
    page.get_by_label("A zip of CSV files").check()
    page.get_by_label("Why is it taken out?").fill("For the department’s collection")
    with page.expect_download() as download:
        page.get_by_role("button", name="Download the return").click()
    kept = tmp_path / download.value.suggested_filename
    download.value.save_as(kept)
    assert kept.name == "ssda903-2019-20-999.zip"
    assert "header.csv" in zipfile.ZipFile(kept).namelist()
    page.goto(done + "undo/")
    looks_right(page)
    page.get_by_label("Why is this import undone?").fill("Only a trial")
    page.get_by_role("button", name="Undo this import").click()
    page.wait_for_url(done, timeout=120_000)
    assert page.get_by_text("took this import out again").is_visible()
    looks_right(page)


def test_files_that_cannot_be_read_say_what_to_do(demo, page, looks_right, tmp_path):
    sign_in(page, demo)
    page.goto(demo + "/returns/bring-in/")
    page.get_by_role("button", name="Look at these files").click()
    looks_right(page)
    spreadsheet = tmp_path / "episodes.csv"
    spreadsheet.write_bytes(b"PK\x03\x04" + bytes(90))
    choose(page, demo, [spreadsheet])
    assert page.get_by_text("save each sheet as CSV UTF-8").is_visible()
    looks_right(page)


def test_a_folder_comes_with_its_years(demo, page, tmp_path):
    for year in ("2018", "2019"):
        (tmp_path / "ours" / year).mkdir(parents=True)
        (tmp_path / "ours" / year / "episodes.csv").write_bytes((YEARS / f"{year}-episodes.csv").read_bytes())
    sign_in(page, demo)
    page.goto(demo + "/returns/bring-in/")
    page.get_by_label("Or a whole folder").set_input_files(tmp_path / "ours")
    page.get_by_label("The authority’s code").fill("999")
    page.get_by_role("button", name="Look at these files").click()
    assert page.get_by_role("heading", name="SSDA903 2018-19").is_visible()
    assert page.get_by_role("heading", name="SSDA903 2019-20").is_visible()


def test_bringing_in_works_with_scripts_off(demo, page_without_scripts):
    page = page_without_scripts
    sign_in(page, demo)
    choose(page, demo, sorted(YEARS.glob("2021-*.csv")))
    assert not page.get_by_label("Or a whole folder").is_visible()
    page.get_by_role("button", name="Bring these in").click()
    page.wait_for_url("**/returns/import/*/", timeout=120_000)
    assert page.get_by_role("heading", name="By year").is_visible()
    page.get_by_role("link", name="Undo this import").click()
    page.get_by_label("Why is this import undone?").fill("Only a trial")
    page.get_by_role("button", name="Undo this import").click()
    page.wait_for_url("**/returns/import/*/", timeout=120_000)
    assert page.get_by_text("took this import out again").is_visible()
