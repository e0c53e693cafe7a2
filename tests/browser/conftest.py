"""A real browser for journeys, where there is one; where there is none, each test says why it was not run."""

import os
import threading
import time
from shutil import which

import pytest

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # playwright keeps an event loop of its own
_ASKED_BY = 60  # milliseconds after a click, by which its request is on its way
_LONGEST = 30_000
DESK = {"width": 1280, "height": 800}


@pytest.fixture(scope="session")
def chromium():
    """The browser, headless; skips with its reason when the browser or its driver is missing."""
    sync_api = pytest.importorskip("playwright.sync_api", reason="NOT RUN: playwright is not installed")
    program = which("chromium") or which("chromium-browser") or which("google-chrome")
    if program is None:
        pytest.skip("NOT RUN: no chromium was found (on Debian: apt-get install chromium)")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program)
        yield browser
        browser.close()


@pytest.fixture(autouse=True)
def answered_to_the_end(request):
    """Waits, before the tables are emptied, for what the last page asked as it closed: it reads them too."""
    if "live_server" in request.fixturenames:
        request.getfixturevalue("transactional_db")  # so that this ends before the tables are emptied
    yield
    until = time.monotonic() + _LONGEST / 1000
    while _answering() and time.monotonic() < until:
        time.sleep(0.01)


def _answering():
    """The server's threads that have a line to the browser open."""
    return [each for each in threading.enumerate() if "process_request_thread" in each.name]


@pytest.fixture
def axe():
    """Checks a page for barriers, and fails with what it found."""
    axe_api = pytest.importorskip(
        "axe_playwright_python.sync_playwright", reason="NOT RUN: axe-playwright-python is not installed"
    )

    def check(page):
        arrived(page)
        found = axe_api.Axe().run(page).response["violations"]
        assert [(each["id"], [node["html"] for node in each["nodes"]]) for each in found] == []

    return check


@pytest.fixture
def demo(settings, live_server):
    """The address of Kith running as a demonstration, for anybody to try."""
    settings.DEMO = True
    return live_server.url


@pytest.fixture
def page(chromium):
    """A page at desk width that fails the test when the browser complains of a script or a policy."""
    yield from _page(chromium)


@pytest.fixture
def page_without_scripts(chromium):
    """A page in a browser that runs no scripts."""
    yield from _page(chromium, java_script_enabled=False)


@pytest.fixture(name="arrived")
def _arrived():
    """Waits until the page that a click asked for is there."""
    return arrived


def arrived(page):
    """Waits until the page that a click asked for is there: a click itself returns before that."""
    for _ in range(_LONGEST // _ASKED_BY):
        page.wait_for_timeout(_ASKED_BY)
        if not page.asked_for:
            return
    raise AssertionError(f"{page.asked_for} did not come within {_LONGEST} ms")


def _page(chromium, **options):
    context = chromium.new_context(viewport=DESK, **options)
    page = context.new_page()
    page.asked_for = []
    page.on("request", lambda asked: _is_a_page(page, asked) and page.asked_for.append(asked.url))
    page.on("requestfailed", lambda asked: _is_a_page(page, asked) and page.asked_for.clear())
    for ended in ("load", "download"):
        page.on(ended, lambda _: page.asked_for.clear())
    complaints = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda said: complaints.append(said.text) if "Content Security" in said.text else None)
    yield page
    context.close()
    assert complaints == []


def _is_a_page(page, asked):
    return asked.is_navigation_request() and asked.frame == page.main_frame
