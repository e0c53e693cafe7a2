"""Journeys through the checks of returns in a real browser: the record, an explanation, sent files."""

import pytest
from tests.reference import SAMPLES

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 800}
YEARS = SAMPLES / "903_years"
WHY = "Her worker confirmed it on 20 November."


def sign_in(page, demo):
    page.goto(demo + "/")
    page.get_by_role("button", name="Analyst").first.click()
    page.wait_for_url(demo + "/")


def bring_in(page, demo, year):
    page.goto(demo + "/returns/bring-in/")
    page.get_by_label("Files", exact=True).set_input_files(files_of(year))
    page.get_by_label("The authority’s code").fill("999")
    page.get_by_role("button", name="Look at these files").click()
    page.get_by_role("button", name="Bring these in").click()
    page.wait_for_url("**/returns/import/*/", timeout=120_000)


def files_of(*years):
    return [str(file) for year in years for file in sorted(YEARS.glob(f"{year}-*.csv"))]


def check_the_record(page, demo):
    page.goto(demo + "/returns/checks/")
    page.get_by_label("The return").select_option("903:2022")
    page.get_by_role("button", name="Check the record").click()
    page.get_by_role("navigation", name="How to read the findings").wait_for(timeout=120_000)


def runs_off(page):
    return page.locator("html").evaluate("it => it.scrollWidth > window.innerWidth")


@pytest.fixture
def looks_right(axe):
    """Checks a page at phone and desk width: no barrier, and nothing runs off its side."""

    def check(page):
        for size in (PHONE, DESK):
            page.set_viewport_size(size)
            axe(page)
            assert not runs_off(page), page.url

    return check


def test_the_record_is_checked_a_finding_explained_and_it_stays_so(demo, page, looks_right):
    sign_in(page, demo)
    bring_in(page, demo, 2021)
    check_the_record(page, demo)
    looks_right(page)
    for way in ("By child", "By team", "By rule"):
        page.get_by_role("link", name=way).click()
        looks_right(page)
    page.get_by_role("link", name="440", exact=True).click()
    looks_right(page)
    count = page.locator("[aria-current]", has_text="To mend or explain").inner_text()
    page.get_by_role("link", name="Explain it").first.click()
    page.get_by_role("button", name="Keep the explanation").click()
    assert page.get_by_role("alert").get_by_text("Write why it is right as it stands").is_visible()
    looks_right(page)
    page.get_by_label("Why is it right as it stands?").fill(WHY)
    page.get_by_role("button", name="Keep the explanation").click()
    assert page.get_by_text("The explanation is kept with the finding").is_visible()
    assert page.locator("[aria-current]", has_text="To mend or explain").inner_text() != count
    check_the_record(page, demo)
    assert page.get_by_text("nothing has changed").is_visible()
    assert page.get_by_text("and 1 explained").is_visible()
    looks_right(page)
    page.get_by_role("link", name="440", exact=True).click()
    page.get_by_role("link", name="Explained (1)").click()
    assert page.get_by_text(WHY).is_visible()
    looks_right(page)


def test_files_and_the_year_before_are_checked_on_a_phone_with_scripts_off(
    demo, page_without_scripts, tmp_path
):
    page = page_without_scripts
    page.set_viewport_size(PHONE)
    sign_in(page, demo)
    page.goto(demo + "/returns/checks/")
    page.get_by_role("link", name="Check files instead").click()
    assert not runs_off(page)
    page.get_by_label("Files", exact=True).set_input_files(files_of(2020, 2021))
    page.get_by_label("The authority’s code").fill("999")
    page.get_by_role("button", name="Check these files").click()
    page.get_by_role("heading", name="Check of SSDA903 2021-22").wait_for()
    assert page.get_by_text("Last year’s return was not there").count() == 0
    assert page.get_by_role("heading", name="Could not run, and what they lacked").is_visible()
    assert not runs_off(page)
    page.get_by_role("link", name="By child").click()
    assert not runs_off(page)
    page.locator("main table a").first.click()
    assert page.get_by_text("2021-").first.is_visible()
    assert not runs_off(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="These as CSV").click()
    download.value.save_as(tmp_path / "handed.csv")
    assert (tmp_path / "handed.csv").read_text("utf-8-sig").startswith("rule,severity,")


def test_files_that_are_no_return_are_refused_in_plain_words(demo, page, looks_right, tmp_path):
    sign_in(page, demo)
    page.goto(demo + "/returns/checks/files/")
    looks_right(page)
    workbook = tmp_path / "episodes.csv"
    workbook.write_bytes(b"PK\x03\x04" + bytes(90))
    page.get_by_label("Files", exact=True).set_input_files(workbook)
    page.get_by_label("The authority’s code").fill("999")
    page.get_by_role("button", name="Check these files").click()
    assert page.get_by_role("alert").get_by_text("This is a spreadsheet").is_visible()
    looks_right(page)
