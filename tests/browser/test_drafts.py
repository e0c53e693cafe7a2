"""What is typed is kept, in a real browser: through reloads, lost lines, ended sign-ins and other tabs."""

import time

import pytest
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db import OperationalError

from kith.record.drafts.models import Draft
from kith.record.people.models import User
from kith.web.demo import DEMO_PASSWORD, make_demo_people
from kith.web.sessions import LAST_SEEN_AT

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 800}
SADE, RUTH = "sade.bankole@northbrook.example", "ruth.calder@northbrook.example"
WORDS = "Type here, and look below"
KEPT_HERE = "Line down: kept on this device"
IS_IN_SIGHT = """it => {
  const { left, width, bottom } = it.getBoundingClientRect();
  return it.contains(document.elementFromPoint(left + width / 2, bottom - 8));
}"""
ON_DEVICE = """async () => {
  const opening = indexedDB.open("kith-drafts");
  const store = await new Promise((done) => { opening.onsuccess = () => done(opening.result); });
  if (!store.objectStoreNames.contains("drafts")) return (store.close(), []);
  const asked = store.transaction("drafts").objectStore("drafts").getAll();
  const all = await new Promise((done) => { asked.onsuccess = () => done(asked.result); });
  store.close();
  return all.map((each) => new TextDecoder().decode(each.sealed) + Object.keys(each).join());
}"""


def open_form(page, demo, role="Social worker"):
    page.goto(demo + "/accounts/login/")
    page.get_by_role("button", name=role).first.click()
    page.wait_for_url(demo + "/")
    page.goto(demo + "/gallery/")


def mark(page):
    return page.locator("[data-draft-mark]")


def says(page, words, seconds=10):
    mark(page).get_by_text(words).first.wait_for(timeout=seconds * 1000)


def is_saved(page):
    says(page, "Saved ")
    assert mark(page).get_attribute("data-state") == "saved"


def words_in(page):
    return page.get_by_label(WORDS).input_value()


def when_free(act):
    """What `act` answers once nobody writes: a database in memory keeps nobody waiting, it refuses."""
    for _ in range(50):
        try:
            return act()
        except OperationalError:
            time.sleep(0.1)
    return act()


def drafts():
    return when_free(lambda: list(Draft.objects.select_related("user")))


def kept_words():
    [draft] = [draft for draft in drafts() if draft.finished_at is None]
    return draft.fields["tried-words"]


def end_sign_ins():
    """Every sign-in is 16 idle minutes old now."""
    for row in when_free(lambda: list(Session.objects.all())):
        session = SessionStore(row.session_key)
        session[LAST_SEEN_AT] = time.time() - 16 * 60
        when_free(session.save)


def sign_in_in_the_dialog(page, email=SADE):
    dialog = page.get_by_role("dialog", name="Sign in again to go on")
    dialog.get_by_label("Email").fill(email)
    dialog.get_by_label("Password").fill(DEMO_PASSWORD)
    dialog.get_by_role("button", name="Sign in").click()
    return dialog


def test_what_is_typed_is_saved_within_a_breath_and_comes_back_as_typed(demo, page):
    open_form(page, demo)
    says(page, "Kept as you type.")
    page.get_by_label("Day you tried it").fill("31/31/2026")
    page.get_by_label("Not all").check()
    page.get_by_label("I did").check()
    page.get_by_label(WORDS).focus()
    hostile = "</textarea><script>alert(1)</script> ' -- {{ x }} می‌خواهم 👩‍👧"
    page.keyboard.insert_text(hostile)
    is_saved(page)
    page.reload()
    assert words_in(page) == hostile
    assert page.get_by_label("Day you tried it").input_value() == "31/31/2026"
    assert page.get_by_label("Not all").is_checked()
    assert page.get_by_label("I did").is_checked()
    assert not page.get_by_label("Somebody beside me").is_checked()
    says(page, "What you typed is back")


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_the_mark_is_always_in_sight_and_no_barrier(demo, page, axe, size):
    page.set_viewport_size(size)
    open_form(page, demo)
    page.get_by_label(WORDS).fill("Yusuf was at home")
    is_saved(page)
    assert mark(page).bounding_box()["height"] < 48  # one line
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    page.get_by_label("Day you tried it").focus()
    assert mark(page).evaluate(IS_IN_SIGHT)
    page.goto(demo + "/drafts/")
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    page.get_by_role("link", name="Throw it away").click()
    axe(page)


def test_a_form_is_written_and_sent_by_keyboard_alone(demo, page):
    open_form(page, demo)
    page.get_by_label("Day you tried it").focus()
    for keys in ("3/3/2026", "Tab", "All kept", "Tab", "Space", "Tab", "Space", "Tab", "Tab", "Enter"):
        if keys in {"Tab", "Space", "Enter"}:
            page.keyboard.press(keys)
        else:
            page.keyboard.type(keys)
    page.wait_for_url("**/gallery/#drafts")
    says(page, "Kept as you type.")
    assert words_in(page) == ""
    assert [draft.finished_at is None for draft in drafts()] == [False]  # sent once, and nothing left behind


def test_without_scripts_a_form_is_kept_as_it_is_sent(demo, page_without_scripts):
    page = page_without_scripts
    open_form(page, demo)
    says(page, "This form saves when you press “Send what I tried”.")
    page.get_by_label(WORDS).fill("Yusuf was at home")
    page.get_by_role("button", name="Send what I tried").click()
    page.goto(demo + "/gallery/")
    assert words_in(page) == "Yusuf was at home"


def test_while_the_line_is_down_the_device_keeps_it_sealed(demo, page):
    open_form(page, demo)
    page.get_by_label(WORDS).fill("Yusuf")
    is_saved(page)
    page.context.set_offline(True)
    page.get_by_label(WORDS).fill("Yusuf was at home")
    says(page, KEPT_HERE)
    sealed = page.evaluate(ON_DEVICE)
    assert len(sealed) == 1
    assert "Yusuf" not in sealed[0]
    page.get_by_role("button", name="Send what I tried").click()
    says(page, "kept on this device, and not sent")
    page.context.set_offline(False)
    is_saved(page)
    assert kept_words() == ["Yusuf was at home"]
    page.wait_for_function(f"({ON_DEVICE})().then((all) => all.length === 0)")


def test_a_draft_thrown_away_is_not_brought_back_by_the_device(demo, page):
    open_form(page, demo)
    page.get_by_label(WORDS).fill("Yusuf was at home")
    page.goto(demo + "/keys/")  # the page closes before an answer came: the device keeps it as well
    for _ in range(300):
        if drafts():
            break
        page.wait_for_timeout(100)
    assert kept_words() == ["Yusuf was at home"]
    page.goto(demo + "/drafts/")
    page.get_by_role("link", name="Throw it away").click()
    page.get_by_role("button", name="Throw it away").click()
    page.get_by_text("Nothing is waiting to be sent").wait_for()
    page.goto(demo + "/gallery/")
    page.locator("[data-draft-mark][data-is-caught-up]").wait_for()
    assert words_in(page) == ""
    assert page.evaluate(ON_DEVICE) == []


def test_signing_out_takes_away_what_the_device_kept(demo, page):
    open_form(page, demo)
    page.route("**/drafts/tried/**", lambda route: route.abort())
    page.get_by_label(WORDS).fill("Yusuf was at home")
    says(page, KEPT_HERE)
    page.locator("details.kith-you summary").click()
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/accounts/login/**")
    assert page.evaluate(ON_DEVICE) == []


def test_a_sign_in_that_ended_is_renewed_on_top_of_the_page(demo, page, axe):
    make_demo_people()
    open_form(page, demo)
    box = page.get_by_label(WORDS)
    box.fill("Yusuf was at home")
    is_saved(page)
    end_sign_ins()
    box.evaluate("it => it.setSelectionRange(5, 5)")
    page.keyboard.type(" Khan")
    dialog = page.get_by_role("dialog", name="Sign in again to go on")
    dialog.get_by_label("Password").wait_for()
    axe(page)
    dialog.get_by_label("Email").fill(SADE)
    dialog.get_by_label("Password").fill("wrong")
    dialog.get_by_role("button", name="Sign in").click()
    dialog.get_by_text("do not go together").first.wait_for()
    sign_in_in_the_dialog(page)
    is_saved(page)
    page.keyboard.type(" (7)")  # the caret is where it was
    assert words_in(page) == "Yusuf Khan (7) was at home"
    page.get_by_label("Day you tried it").fill("3/3/2026")
    page.get_by_label("All of it").check()
    page.get_by_role("button", name="Send what I tried").click()
    page.wait_for_url("**/gallery/#drafts")
    assert [draft.finished_at is None for draft in drafts()] == [False]


def test_the_second_step_is_asked_for_on_top_of_the_page_too(demo, page):
    make_demo_people()
    secret = generate_totp_secret()
    TOTP.activate(User.objects.get(email=SADE), secret)
    open_form(page, demo)
    page.get_by_label(WORDS).fill("Yusuf was")
    is_saved(page)
    end_sign_ins()
    page.keyboard.type(" at home")
    dialog = sign_in_in_the_dialog(page)
    dialog.get_by_label("Code").fill(format_hotp_value(hotp_value(secret, int(time.time()) // 30)))
    dialog.get_by_role("button", name="Sign in").click()
    is_saved(page)
    assert kept_words() == ["Yusuf was at home"]


def test_a_form_sent_after_the_sign_in_ended_is_sent_once_it_is_renewed(demo, page):
    make_demo_people()
    open_form(page, demo)
    page.get_by_label(WORDS).fill("Yusuf was at home")
    page.get_by_label("Day you tried it").fill("3/3/2026")
    page.get_by_label("All of it").check()
    is_saved(page)
    end_sign_ins()
    page.get_by_role("button", name="Send what I tried").click()
    sign_in_in_the_dialog(page)
    page.wait_for_url("**/gallery/#drafts")
    assert [draft.finished_at is None for draft in drafts()] == [False]


def test_somebody_else_who_signs_in_there_sends_and_sees_nothing_of_it(demo, page):
    make_demo_people()
    open_form(page, demo)
    end_sign_ins()
    page.get_by_label(WORDS).fill("Yusuf was at home")
    dialog = sign_in_in_the_dialog(page, RUTH)
    page.get_by_role("dialog", name="You signed in as Ruth Calder").wait_for()
    page.get_by_role("button", name="Close").click()
    dialog.wait_for(state="detached")
    says(page, "was not sent")
    page.get_by_role("button", name="Send what I tried").click()
    page.goto(demo + "/gallery/")
    says(page, "Kept as you type.")
    assert words_in(page) == ""  # Ruth's own form; what this device keeps is sealed, and not for her
    assert drafts() == []
    page.context.clear_cookies()
    open_form(page, demo)
    is_saved(page)
    assert words_in(page) == "Yusuf was at home"
    assert [draft.user.email for draft in drafts()] == [SADE]


def test_two_tabs_keep_both_and_the_person_chooses(demo, page, axe):
    open_form(page, demo)
    other = page.context.new_page()
    other.goto(demo + "/gallery/")
    page.get_by_label(WORDS).fill("of the first tab")
    is_saved(page)
    other.get_by_label(WORDS).fill("of the second tab")
    says(other, "Both are kept")
    other.get_by_label(WORDS).fill("of the second tab, and more")
    says(other, "Both are kept")
    other.get_by_role("button", name="Go on with what is here").click()
    is_saved(other)
    assert kept_words() == ["of the second tab, and more"]
    page.get_by_label(WORDS).fill("of the first tab again")
    says(page, "Both are kept")
    axe(page)
    page.get_by_role("button", name="Go on with the other").click()
    says(page, "This is the other")
    assert words_in(page) == "of the second tab, and more"
    page.reload()
    page.get_by_text("You also wrote here in another tab").click()
    assert page.get_by_text("of the first tab again").is_visible()


def test_what_is_too_long_says_so_and_stays_on_the_page(demo, page):
    open_form(page, demo)
    page.get_by_label(WORDS).fill("a" * 200_001)
    says(page, "One box holds more than 200,000")
    assert len(words_in(page)) == 200_001


def test_a_visitor_leaves_nothing_behind(demo, page):
    page.goto(demo + "/gallery/")
    page.get_by_label(WORDS).fill("He hurts us")
    is_saved(page)
    assert kept_words() == ["He hurts us"]
    assert "hurts" not in page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}])")
    assert page.evaluate("Object.keys(localStorage).length") == 0
    assert page.evaluate("indexedDB.databases().then((all) => all.length)") == 0
    page.route("https://www.gov.uk/**", lambda route: route.fulfill(body="elsewhere"))
    page.get_by_role("button", name="Leave this page").focus()
    with page.expect_response("**/drafts/leave/"):
        page.keyboard.press("Escape")
        page.keyboard.press("Escape")
    page.wait_for_url("https://www.gov.uk/")
    assert drafts() == []
    page.goto(demo + "/gallery/")
    assert words_in(page) == ""
