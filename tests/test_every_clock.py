"""Every clock from help to the protection plan is worked out, tried through the record, and shown in words.

What day each falls on, in every season, is tried in `src/kith/record/clocks/tests/test_edges.py`.
"""

import ast
import csv
import html
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import timezone
from reference import REFERENCE

from kith.record.clocks import running
from kith.record.clocks.running import Running
from kith.record.clocks.words import plain_words
from kith.record.owed.what import whats
from kith.standards.clocks import Clock, clocks_of, due_on
from kith.web.tests.families import the_okoros

STAGES = (
    "family_help", "front_door", "assessment", "child_in_need", "section_47", "child_protection", "emergency",
)  # fmt: skip
ASKED = {each.id: each for stage in STAGES for each in clocks_of(stage)}
RECORD = Path(__file__).parents[1] / "src" / "kith" / "record"


def rooms(*, tests: bool) -> Iterator[ast.Module]:
    """The modules of the record's rooms: those that work, or their tests; not the room that counts."""
    for file in RECORD.rglob("*.py"):
        room = file.relative_to(RECORD).parts[0]
        if room != "clocks" and "migrations" not in file.parts and ("tests" in file.parts) is tests:
            yield ast.parse(file.read_text(encoding="utf-8"))


def strings_in(node: ast.AST) -> set[str]:
    return {
        one.value for one in ast.walk(node) if isinstance(one, ast.Constant) and isinstance(one.value, str)
    }


def names_in(node: ast.AST) -> set[str]:
    return {one.id for one in ast.walk(node) if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Load)}


def bound_in(module: ast.Module) -> dict[str, set[str]]:
    """What each name of a module stands for: the texts in its value, and in those of the names it uses."""
    found: dict[str, set[str]] = {}
    for line in module.body:
        if not isinstance(line, ast.Assign):
            continue
        for target in line.targets:
            pairs = [(target, line.value)]
            if isinstance(target, ast.Tuple) and isinstance(line.value, ast.Tuple):
                pairs = list(zip(target.elts, line.value.elts, strict=True))
            for name, value in pairs:
                if isinstance(name, ast.Name):
                    used = (found.get(each, set()) for each in names_in(value))
                    found[name.id] = strings_in(value).union(*used)
    return found


@cache
def worked_out() -> set[str]:
    """The clocks that a function of a room uses where clocks are told, or after which something is owed."""
    told = {what.clock for what in whats().values()}
    for module in rooms(tests=False):
        if "Running" not in names_in(module):
            continue
        bound = bound_in(module)
        for node in module.body:
            if isinstance(node, ast.FunctionDef):
                told |= strings_in(node).union(*(bound.get(name, set()) for name in names_in(node)))
    return told


@cache
def tried() -> set[str]:
    """The clocks that a test of a room names."""
    return {text for module in rooms(tests=True) for text in strings_in(module)}


def test_every_time_limit_of_the_reference_is_asked_for_here():
    limits = REFERENCE / "standards" / "timescales.csv"
    if not limits.is_file():
        pytest.skip("the reference's time limits are not on this machine")
    with limits.open(encoding="utf-8", newline="") as file:
        given = {row["id"] for row in csv.DictReader(file) if row["stage"] in STAGES}
    assert given and given <= ASKED.keys()


@pytest.mark.parametrize("clock_id", ASKED)
def test_a_room_works_it_out_and_its_tests_try_it(clock_id):
    assert clock_id in worked_out(), f"no room tells the clock {clock_id}, and nothing is owed by it"
    owed_by = {what.what for what in whats().values() if what.clock == clock_id}
    assert {clock_id, *owed_by} & tried(), f"no test of a room tries the clock {clock_id}"
    assert plain_words().get(clock_id), f"the clock {clock_id} has no words in clocks/data/plain_words.csv"


def started_to_fall_on(each: Clock, day: date) -> date:
    """A day from which this clock falls on `day`, or before it where none falls on it."""
    days = [day + timedelta(days=number) for number in range(-400, 20)]
    return max(start for start in days if (due_on(each, start) or date.max) <= day)


@pytest.mark.django_db
def test_each_stands_in_its_words_on_my_work_and_on_the_childs_page(client, monkeypatch):
    family = the_okoros(timezone.localdate())
    client.force_login(family.worker, backend="django.contrib.auth.backends.ModelBackend")
    told = [
        Running(each.id, family.ada.pk, started_to_fall_on(each, family.today), "help.helpreview", 7)
        for each in ASKED.values()
    ]
    monkeypatch.setattr(running, "_TOLD_BY", [lambda people, on: told])
    for page in (reverse("my_work"), reverse("story", args=[family.ada.pk])):
        text = html.unescape(client.get(page).content.decode())
        missing = {clock_id for clock_id in ASKED if plain_words()[clock_id] not in text}
        assert not missing, f"no words of these clocks on {page}"
