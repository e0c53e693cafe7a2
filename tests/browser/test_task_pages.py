"""The pieces of a task's page in a real browser: no barrier, by keyboard, and with scripts off."""

import pytest

from kith.web.demo import make_demo_people

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 800}


def gallery(page, demo):
    make_demo_people()
    page.goto(demo + "/")
    page.get_by_role("button", name="System administrator").first.click()
    page.wait_for_url(demo + "/")
    page.goto(demo + "/gallery/")


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_the_pieces_hold_no_barrier_and_do_not_run_off(demo, page, axe, size):
    page.set_viewport_size(size)
    gallery(page, demo)
    axe(page)
    assert not page.locator("html").evaluate("it => it.scrollWidth > window.innerWidth")


def test_one_press_answers_for_all_children_in_place(demo, page):
    gallery(page, demo)
    block = page.locator("section", has=page.locator("#task-empty"))
    block.get_by_label("What happened?").fill("Half a sen")
    button = block.get_by_role("button", name="Seen alone for all three")
    button.focus()
    page.keyboard.press("Enter")
    assert block.locator('input[value="alone"]:checked').count() == 3
    assert block.get_by_label("What happened?").input_value() == "Half a sen"
    page.keyboard.press("Tab")  # the keyboard is where it was
    assert page.evaluate("document.activeElement.innerText").startswith("Seen, not alone")


def test_more_opens_the_other_answers_without_scripts(demo, page_without_scripts):
    gallery(page_without_scripts, demo)
    block = page_without_scripts.locator("section", has=page_without_scripts.locator("#task-empty"))
    assert not block.get_by_label("A court").is_visible()
    block.locator("summary", has_text="More").focus()
    page_without_scripts.keyboard.press("Enter")
    assert block.get_by_label("A court").is_visible()


def test_a_problem_leads_to_its_field(demo, page):
    gallery(page, demo)
    page.get_by_role("link", name="Was Yusuf seen? – Choose whether Yusuf was seen").click()
    assert page.evaluate("document.activeElement.name") == "each-2-seen"
