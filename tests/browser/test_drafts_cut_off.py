"""Writing that is cut off in the middle of a word, in four ways, by a Kith that really dies and comes back.

What was typed two seconds before the cut has to be there after. `make test-all` cuts a hundred times.
"""

import json
import os
import random
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest
from playwright.sync_api import Error as BrowserError

from kith.web.demo import DEMO_PASSWORD

pytestmark = [pytest.mark.browser]
PROMISED_SECONDS = 2
WAYS = ("server killed", "sign-in ended", "line cut", "tab closed")
SADE = "sade.bankole@northbrook.example"
THROW_AWAY = "UPDATE drafts_draft SET fields = '{}', finished_at = saved_at WHERE finished_at IS NULL"
WORDS = "Type here, and look below"
SOUNDS = [
    "yusuf",
    "amira",
    "khan",
    "was",
    "at",
    "home",
    "with",
    "gran",
    "and",
    "said",
    "that",
    "nobody",
    "had",
    "asked",
    "him",
    "where",
    "he",
    "sleeps",
]
GET_READY = """
import django; django.setup()
from django.core.management import call_command
from kith.record import tables
from kith.web.collect import collect_if_changed
from kith.web.demo import make_demo_people
tables.make_or_update()
call_command("createcachetable", verbosity=0)
make_demo_people()
collect_if_changed()
"""


class Kith:
    """Kith as it is run, with a database of its own, to be killed and started again."""

    def __init__(self, home: Path, port: int) -> None:
        self.home, self.port, self.url = home, port, f"http://127.0.0.1:{port}"
        self.database = home / "kith.sqlite3"
        kept = {name: value for name, value in os.environ.items() if not name.startswith("KITH_")}
        self.environment = {
            **kept, "KITH_HOME": str(home), "KITH_DEMO": "1", "KITH_TESTING": "1", "DATABASE_URL": f"sqlite:///{self.database}",
            "DJANGO_SETTINGS_MODULE": "kith.web.settings", "PYTHONPATH": os.pathsep.join(sys.path),
        }  # fmt: skip
        subprocess.run([sys.executable, "-c", GET_READY], env=self.environment, check=True)
        self.start()

    def start(self) -> None:
        self.process = subprocess.Popen(
            [
                *(sys.executable, "-m", "gunicorn", "kith.web.wsgi:application", "--workers", "2"),
                *("--bind", f"127.0.0.1:{self.port}", "--log-level", "critical"),
                *("--control-socket", str(self.home / "gunicorn.sock")),
            ],
            env=self.environment,
            start_new_session=True,
        )
        for _ in range(300):
            with socket.socket() as door:
                if door.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.1)
        raise AssertionError("Kith did not start.")

    def kill(self) -> None:
        """Every process of it, at once, with no time to finish anything."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def ask(self, sql: str) -> list[tuple[str]]:
        with sqlite3.connect(self.database, timeout=20) as database:
            return database.execute(sql).fetchall()

    def kept(self) -> str:
        """What the server holds of the form."""
        rows = self.ask("SELECT fields FROM drafts_draft WHERE finished_at IS NULL")
        return "".join(json.loads(fields).get("tried-words", [""])[0] for (fields,) in rows)


@pytest.fixture(scope="module")
def kith(tmp_path_factory):
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        port = door.getsockname()[1]
    kith = Kith(tmp_path_factory.mktemp("cut-off"), port)
    yield kith
    kith.kill()


def sign_in(page, kith):
    page.goto(kith.url + "/accounts/login/?next=/gallery/")
    page.get_by_label("Email").fill(SADE)
    page.get_by_label("Password").fill(DEMO_PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url("**/gallery/")


def write(page, seconds: float, rng: random.Random) -> list[tuple[float, str]]:
    """Type as somebody types, for so long, and stop inside a word; what stood there at which moment."""
    page.get_by_label(WORDS).focus()
    stood, text, stop = [(time.monotonic(), "")], "", time.monotonic() + seconds
    while time.monotonic() < stop or text.endswith(" "):
        text += rng.choice([*rng.choice(SOUNDS)[:3], " "]) if text and not text.endswith(" ") else "y"
        page.keyboard.insert_text(text[-1])
        stood.append((time.monotonic(), text))
        time.sleep(rng.choice([0.02, 0.05, 0.08, 0.12, 0.3]))
    return stood


def cut(way: str, page, kith: Kith) -> None:
    if way == "server killed":
        kith.kill()
    elif way == "sign-in ended":
        kith.ask("DELETE FROM django_session")
    elif way == "line cut":
        page.context.set_offline(True)


def open_again(page, kith: Kith) -> None:
    """Open the form as a person does, who loads a page again that did not come."""
    for _ in range(10):
        try:
            page.goto(kith.url + "/gallery/")
            return
        except BrowserError:
            page.wait_for_timeout(500)
    page.goto(kith.url + "/gallery/")


def come_back(way: str, context, kith: Kith, rng: random.Random) -> str:
    """What stands in the form when its writer opens it again, in a new tab of the same browser."""
    if way == "server killed":
        time.sleep(rng.choice([0, 1]))
        kith.start()
    context.set_offline(False)
    page = context.new_page()
    if way == "sign-in ended":
        sign_in(page, kith)
    else:
        open_again(page, kith)
    page.locator("[data-draft-mark][data-is-caught-up]").wait_for()
    text = page.get_by_label(WORDS).input_value()
    assert kith.kept() == text, "the page shows what the server does not hold"
    page.close()
    return text


def one_round(way: str, context, kith: Kith, rng: random.Random) -> tuple[str, float]:
    """Write, be cut off, come back: how the promise was broken, or "", and how many seconds are gone."""
    kith.ask(THROW_AWAY)
    page = context.new_page()
    open_again(page, kith)
    stood = write(page, rng.uniform(2.2, 4.5), rng)
    cut(way, page, kith)
    at = time.monotonic()
    if way != "tab closed":
        page.wait_for_timeout(rng.choice([0, 200, 900, 2500]))  # until its writer gives the page up
    try:
        page.close()
    except BrowserError as gone:
        raise AssertionError("the browser itself was lost") from gone
    text = come_back(way, context, kith, rng)
    had_to_be_there = [was for moment, was in stood if moment <= at - PROMISED_SECONDS][-1]
    gone_since = next((moment for moment, was in stood if len(was) > len(text)), at)
    is_kept = text.startswith(had_to_be_there) and stood[-1][1].startswith(text)
    return "" if is_kept else f"{way}: {stood[-1][1]!r} came back as {text!r}", max(at - gone_since, 0.0)


def rounds(how_many: int, chromium, kith: Kith, seed: int) -> None:
    rng, kept, longest, broken = random.Random(seed), Counter(), 0.0, []
    context = chromium.new_context()
    sign_in(context.new_page(), kith)
    for number in range(how_many):
        way = WAYS[number % len(WAYS)]
        lost, gone = one_round(way, context, kith, rng)
        kept[way] += not lost
        broken += [lost] if lost else []
        longest = max(longest, gone)
    context.close()
    told = ", ".join(f"{way} {kept[way]}" for way in WAYS)
    print(
        f"\ncut off {how_many} times: what was typed {PROMISED_SECONDS} s before was there "
        f"{kept.total()} times ({told}); at most {longest:.1f} s of writing was gone",
        file=sys.__stderr__,
        flush=True,
    )
    assert broken == []


def test_what_was_typed_two_seconds_before_is_there_after_each_way_of_being_cut_off(chromium, kith):
    rounds(len(WAYS), chromium, kith, seed=22)


def test_while_an_import_holds_the_database_the_device_keeps_what_is_typed(chromium, kith):
    kith.ask(THROW_AWAY)
    context = chromium.new_context()
    page = context.new_page()
    sign_in(page, kith)
    importing = sqlite3.connect(kith.database, timeout=20, isolation_level=None)
    importing.execute("BEGIN IMMEDIATE")
    page.get_by_label(WORDS).fill("Yusuf was at home")
    page.wait_for_timeout(PROMISED_SECONDS * 1000)
    page.close()  # no answer came yet
    importing.execute("ROLLBACK")
    importing.close()
    assert come_back("tab closed", context, kith, random.Random(1)) == "Yusuf was at home"
    context.close()


@pytest.mark.slow
def test_and_so_a_hundred_times(chromium, kith):
    rounds(100, chromium, kith, seed=6)
