"""Each kind of thing that can be owed: an act leaves it owed, an act settles it, and a page leads there."""

import ast
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

import kith
from kith.record.owed.what import whats
from kith.web.front_door.owed import pages
from kith.web.working.owed import PAGES

SOURCE = Path(kith.__file__).parent
OWES, SETTLES = frozenset({"owe"}), frozenset({"settle", "settle_one"})


@cache
def acts() -> list[tuple[ModuleType, ast.FunctionDef]]:
    """Every function of the record and of the pages that leaves something owed or settles it."""
    return [*_acts()]


def _acts() -> Iterator[tuple[ModuleType, ast.FunctionDef]]:
    for file in [*SOURCE.glob("record/**/*.py"), *SOURCE.glob("web/**/*.py")]:
        text = file.read_text()
        if "tests" in file.parts or file.parent == SOURCE / "record" / "owed" or "ow" not in text:
            continue
        for each in ast.walk(ast.parse(text)):
            if isinstance(each, ast.FunctionDef) and any(calls(each, OWES | SETTLES)):
                name = ".".join(file.relative_to(SOURCE.parent).with_suffix("").parts)
                yield import_module(name.removesuffix(".__init__")), each


def calls(function: ast.AST, names: frozenset[str]) -> Iterator[ast.Call]:
    for each in ast.walk(function):
        if isinstance(each, ast.Call):
            called = getattr(each.func, "attr", getattr(each.func, "id", ""))
            if called in names:
                yield each


def kinds_in(module: ModuleType, tree: ast.AST) -> set[str]:
    """The kinds of owed work that this code names, by their words or by a name of its module."""
    found: set[str] = set()
    for each in ast.walk(tree):
        if isinstance(each, ast.Constant):
            found.add(str(each.value))
        elif isinstance(each, ast.Name):
            value = getattr(module, each.id, "")
            found |= set(value.values()) if each.id == "NEXT_STEPS" else {str(value)}
    return found & set(whats())


@cache
def kinds_of(names: frozenset[str]) -> set[str]:
    """The kinds that a call of one of these names is about: as it says, or as the function around it does.

    Asked by the tests, not as this file is read: every process that runs tests reads it.
    """
    found: set[str] = set()
    for module, function in acts():
        for call in calls(function, names):
            what = next((one.value for one in call.keywords if one.arg == "what"), None)
            said = kinds_in(module, what) if what is not None else set()
            found |= said or kinds_in(module, function)
    return found


@pytest.mark.parametrize("what", sorted(whats()))
def test_each_kind_is_left_owed_by_an_act_and_settled_by_another(what: str) -> None:
    assert what in kinds_of(OWES), f"nothing leaves {what} owed: take its row out of what.csv"
    assert what in kinds_of(SETTLES), f"nothing settles {what}: it could only be called not needed"


@pytest.mark.parametrize("what", sorted(whats()))
def test_each_kind_leads_to_the_page_where_it_is_done(what: str) -> None:
    assert what in {*pages(), *PAGES}


def test_no_page_is_named_for_what_cannot_be_owed() -> None:
    assert {*pages(), *PAGES} <= set(whats())
