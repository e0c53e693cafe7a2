"""Journeys through signing in, the frame, the keys and the gallery, in a real browser."""

import base64
import hashlib
import hmac
import struct
import time

import pytest

from kith.web.demo import DEMO_PASSWORD, DEMO_PEOPLE, make_demo_people

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 800}
OWN_PAGES = [
    "/",
    "/keys/",
    "/gallery/",
    "/accounts/2fa/",
    "/accounts/password/change/",
    "/accounts/sessions/",
    "/accounts/logout/",
    "/nowhere/",
]


def sign_in_as(page, demo, role="Social worker"):
    page.goto(demo + "/")
    page.get_by_role("button", name=role).first.click()
    page.wait_for_url(demo + "/")


def code_for(secret, at):
    """The six figures an authenticator app shows (RFC 6238), so that the test can be the phone."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    digest = hmac.new(key, struct.pack(">Q", int(at) // 30), hashlib.sha1).digest()
    start = digest[-1] & 15
    number = struct.unpack(">I", digest[start : start + 4])[0] & 0x7FFFFFFF
    return f"{number % 10**6:06d}"


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_no_page_has_a_barrier_or_runs_off_its_side(demo, page, axe, size):
    page.set_viewport_size(size)
    page.goto(demo + "/accounts/login/")
    axe(page)
    sign_in_as(page, demo)
    for address in OWN_PAGES:
        page.goto(demo + address)
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), address


def test_a_wrong_password_is_told_to_eyes_and_ears(demo, page, axe):
    page.goto(demo + "/")
    page.get_by_label("Email").fill("nobody@northbrook.example")
    page.get_by_label("Password").fill("wrong")
    page.get_by_role("button", name="Sign in", exact=True).click()
    alert = page.get_by_role("alert")
    assert "do not go together" in alert.inner_text()
    assert page.title().startswith("Error: ")
    axe(page)


def test_signing_in_works_by_keyboard_alone(demo, page):
    make_demo_people()
    page.goto(demo + "/keys/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to main content"
    page.get_by_label("Email").focus()
    page.keyboard.type(DEMO_PEOPLE[0].email)
    page.keyboard.press("Tab")
    page.keyboard.type(DEMO_PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(demo + "/keys/")
    assert page.get_by_role("heading", name="Keys").first.is_visible()


def test_keys_show_themselves_and_go(demo, page):
    sign_in_as(page, demo)
    page.goto(demo + "/keys/")
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name="Keys")
    assert dialog.is_visible()
    page.keyboard.press("Escape")
    assert not dialog.is_visible()
    page.keyboard.press("g")
    page.keyboard.press("w")
    page.wait_for_url(demo + "/")


def test_keys_are_only_letters_while_somebody_types(demo, page):
    sign_in_as(page, demo)
    page.goto(demo + "/accounts/password/change/")
    box = page.get_by_label("Current Password")
    box.focus()
    page.keyboard.type("g w?/")
    assert box.input_value() == "g w?/"
    assert page.url.endswith("/accounts/password/change/")


def test_everything_works_with_scripts_off(demo, page_without_scripts):
    page = page_without_scripts
    sign_in_as(page, demo, "Team manager")
    assert page.get_by_role("heading", name="Messages").is_visible()
    page.set_viewport_size(PHONE)
    assert page.get_by_role("navigation", name="Kith").get_by_role("link", name="My work").is_visible()
    page.locator("details.kith-you summary").click()
    page.get_by_role("link", name="Keys").click()
    assert page.url.endswith("/keys/")
    page.locator("details.kith-you summary").click()
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/accounts/login/**")


def test_the_second_step_is_turned_on_and_then_asked_for(demo, page, axe):
    sign_in_as(page, demo, "Personal adviser")
    page.goto(demo + "/accounts/2fa/totp/activate/")
    if page.get_by_role("heading", name="Is it still you?").is_visible():
        page.get_by_label("Password").fill(DEMO_PASSWORD)
        page.get_by_role("button", name="Go on").click()
    axe(page)
    secret = page.locator(".kith-secret").inner_text()
    page.get_by_label("Authenticator code").fill(code_for(secret, time.time()))
    page.get_by_role("button", name="Turn it on").click()
    page.wait_for_url("**/recovery-codes/")
    spare = page.locator(".kith-codes li").first.inner_text()
    axe(page)
    page.context.clear_cookies()
    page.goto(demo + "/keys/")
    page.get_by_label("Email").fill("tariq.bello@northbrook.example")
    page.get_by_label("Password").fill(DEMO_PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url("**/2fa/authenticate/**")
    axe(page)
    page.get_by_label("Code").fill(spare)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(demo + "/keys/")


def test_the_plain_sheet_stands_in_where_nothing_was_built(demo, page, axe, monkeypatch):
    monkeypatch.setattr("kith.web.look.is_built", lambda: False)
    page.set_viewport_size(PHONE)
    sign_in_as(page, demo)
    for address in OWN_PAGES:
        page.goto(demo + address)
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), address


@pytest.mark.parametrize("width", [320, 390])
@pytest.mark.parametrize("role", ["Social worker", "Team manager", "Head of service"])
def test_every_way_to_go_stands_whole_at_a_phones_foot(demo, page, role, width):
    page.set_viewport_size({"width": width, "height": 700})
    sign_in_as(page, demo, role)
    places = page.locator(".kith-side a").evaluate_all(
        "all => all.map(one => [one.scrollWidth - one.clientWidth, one.getBoundingClientRect().right])"
    )
    assert all(cut <= 0 and right <= width for cut, right in places)
    foot = page.locator(".kith-side").bounding_box()
    page.evaluate("window.scrollTo(0, document.documentElement.scrollHeight)")
    assert page.locator(".kith-footer p").bounding_box()["y"] < foot["y"] and foot["height"] <= 96


def test_on_paper_the_ways_to_move_about_are_gone_and_the_words_stay(demo, page):
    sign_in_as(page, demo)
    page.emulate_media(media="print")
    assert not page.get_by_role("navigation", name="Kith").is_visible()
    assert not page.locator(".kith-you").is_visible()
    assert page.get_by_role("heading", name="My work").is_visible()


def test_two_minutes_before_the_end_somebody_is_asked_and_can_stay(demo, page):
    page.clock.install()
    sign_in_as(page, demo)
    page.clock.run_for("12:55")
    dialog = page.get_by_role("dialog", name="You will be signed out soon")
    assert not dialog.is_visible()
    page.clock.run_for("00:15")
    assert dialog.is_visible()
    page.get_by_role("button", name="Stay signed in").click()
    dialog.wait_for(state="hidden")
    page.clock.run_for("05:00")
    assert not dialog.is_visible()
