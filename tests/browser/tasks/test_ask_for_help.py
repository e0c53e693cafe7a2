"""The counted task: a family asks for help, on one screen and without an account."""

import pytest

from kith.record.drafts.models import Draft
from kith.record.help.models import HelpRequest

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 800}
FOOD, SAFE = "Food until Friday", "Text 07700 900123 after 6. Please don’t leave a voicemail."


def test_a_family_asks_on_one_screen_with_two_answers_and_two_presses(live_server, page, counted, axe):
    page.set_viewport_size(PHONE)
    page.goto(live_server.url + "/ask-for-help/")
    axe(page)
    task = counted("ask_for_help")
    task.look("Ask for help")
    task.type(page.get_by_label("What would help?"), FOOD)
    task.press(page.get_by_text("My family", exact=True))  # which may be left out
    task.type(page.get_by_label("How and when is it safe to reach you?"), SAFE)
    task.press(page.get_by_role("button", name="Ask for help"))
    page.wait_for_url("**/thank-you/")
    cost = task.cost()
    assert (cost.screens, len(cost.fields), cost.clicks) == (1, 6, 2)
    assert cost.required == ["how_and_when_safe", "what_would_help"]
    asked = HelpRequest.current.get()
    assert (asked.what_would_help, asked.how_and_when_safe, asked.for_whom) == (FOOD, SAFE, "family")
    axe(page)
    assert "by the end of" in page.content()
    assert FOOD not in page.content() and SAFE not in page.content()


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_every_page_of_it_fits_and_is_read_large(live_server, page, axe, size):
    page.set_viewport_size(size)
    page.goto(live_server.url + "/ask-for-help/")
    label = page.locator("label[for=id_what_would_help]")
    assert label.evaluate("it => getComputedStyle(it).fontSize") == "19px"
    fits(page, axe)
    page.get_by_label("What would help?").fill(FOOD)
    page.get_by_role("button", name="Ask for help").click()  # without how to be reached
    page.get_by_role("link", name="Write how we can reach you safely").wait_for()
    fits(page, axe)
    page.get_by_label("How and when is it safe to reach you?").fill(SAFE)
    page.get_by_role("button", name="Ask for help").click()
    page.wait_for_url("**/thank-you/")
    fits(page, axe)


def fits(page, axe):
    axe(page)
    assert not page.locator("html").evaluate("it => it.scrollWidth > window.innerWidth")


def test_it_is_asked_by_keyboard_and_without_scripts(live_server, page_without_scripts):
    page = page_without_scripts
    page.goto(live_server.url + "/ask-for-help/")
    page.get_by_label("What would help?").focus()
    page.keyboard.type(FOOD)
    page.get_by_label("How and when is it safe to reach you?").focus()
    page.keyboard.type(SAFE)
    page.get_by_role("button", name="Ask for help").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/thank-you/")
    assert HelpRequest.current.get().what_would_help == FOOD


@pytest.mark.parametrize("way", ["button", "escape"])
def test_leaving_the_page_forgets_everything_at_once(live_server, page, way):
    page.route("https://www.gov.uk/**", lambda route: route.fulfill(body="<title>Elsewhere</title>"))
    page.goto(live_server.url + "/ask-for-help/")
    with page.expect_response(
        lambda answer: "/drafts/open/" in answer.url and answer.request.method == "POST"
    ):
        page.get_by_label("What would help?").fill("He must not see this")
    assert Draft.objects.exists()
    if way == "button":
        page.get_by_role("button", name="Leave this page").click()
    else:
        page.keyboard.press("Escape")
        page.keyboard.press("Escape")
    page.wait_for_url("https://www.gov.uk/**")
    page.wait_for_function("document.title == 'Elsewhere'")  # going back from half a page goes nowhere
    page.go_back()
    page.wait_for_timeout(300)
    assert "He must not see this" not in page.content()
    page.goto(live_server.url + "/ask-for-help/")
    assert page.get_by_label("What would help?").input_value() == ""
    assert not Draft.objects.exists()
    assert page.evaluate("Object.keys(localStorage).length") == 0
    assert "must not" not in page.evaluate("JSON.stringify({...sessionStorage})")
