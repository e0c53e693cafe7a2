"""The house stands: imports run down only, plain packages know no Django, rooms use each other's
services and queries, and no room calls along the pathway."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parent.parent / "src" / "kith"

# From the ground up; packages on one floor do not import each other.
HOUSE = [
    {"standards", "matching"},
    {"dataset"},
    {"checks", "insight", "foresight", "invented"},
    {"record"},
    {"web"},
    {"cli"},
    {"__main__"},
]
PLAIN = {"standards", "matching", "dataset", "checks", "insight", "foresight", "invented"}
RECORD = [
    {"refusals", "once", "changes"},
    {"lengths"},
    {"facts"},
    {"said"},
    {"audit"},
    {"versions"},
    {"people"},
    {"access"},
    {"chronology", "clocks", "drafts"},
    {"owed"},
    {"documents", "planning", "sharing", "visits", "voice", "schooling", "workload"},
    {"help", "centres", "frontdoor", "assessment", "protection", "outside", "courts", "care", "homes"}
    | {"permanence", "leaving", "workforce", "money", "oversight"},
    {"pathway", "extract"},
    {"importer", "checking"},
    {"figures"},
]
# What every fact and page is made of.
GROUND = {"facts", "refusals", "lengths", "said", "versions", "once", "changes"}

# What one room may ask of another.
OPEN_DOORS = {"models", "services", "queries", "permissions", "policies"}


def modules() -> list[Path]:
    return [
        path for path in SOURCE.rglob("*.py") if "tests" not in path.parts and "migrations" not in path.parts
    ]


def imported_by(path: Path) -> Iterator[str]:
    """Full names of the kith modules that a file imports, anywhere in it."""
    package = ["kith", *path.relative_to(SOURCE).with_suffix("").parts[:-1]]
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            stem = ".".join([*base, *([node.module] if node.module else [])])
            yield from (f"{stem}.{alias.name}" for alias in node.names)


def floor_of(name: str, floors: list[set[str]]) -> int | None:
    return next((number for number, rooms in enumerate(floors) if name in rooms), None)


def room_of(path: Path) -> tuple[str, str | None]:
    parts = path.relative_to(SOURCE).with_suffix("").parts
    inside = parts[1] if parts[0] == "record" and len(parts) > 1 else None
    return parts[0], inside


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(SOURCE)))
def test_imports_run_down_only(path: Path) -> None:
    package, room = room_of(path)
    for name in imported_by(path):
        parts = name.split(".")
        if parts[0] == "django" or parts[0].startswith("django_"):
            assert package not in PLAIN, f"{path.name} is in a plain package, and imports {name}"
        if parts[0] != "kith" or len(parts) < 2:
            continue
        here, there = floor_of(package, HOUSE), floor_of(parts[1], HOUSE)
        if here is not None and there is not None and parts[1] != package:
            assert there < here, f"{package} may not import {name}"
        if package == "record" == parts[1] and room and len(parts) > 2 and parts[2] != room:
            low, high = floor_of(parts[2], RECORD), floor_of(room, RECORD)
            assert low is not None, f"record/{parts[2]} has no floor: give it one in this test"
            assert high is None or low < high, f"record/{room} may not import {name}"


@pytest.mark.parametrize(
    "path",
    [path for path in modules() if room_of(path)[0] == "record" and room_of(path)[1]],
    ids=lambda path: str(path.relative_to(SOURCE)),
)
def test_rooms_come_in_through_each_others_doors(path: Path) -> None:
    _, room = room_of(path)
    for name in imported_by(path):
        parts = name.split(".")
        if parts[:2] != ["kith", "record"] or len(parts) < 4 or parts[2] == room:
            continue
        if floor_of(parts[2], RECORD) == floor_of("pathway", RECORD) or parts[2] in GROUND:
            continue
        assert parts[3] in OPEN_DOORS | DECLARED_DOORS.get(parts[2], set()), (
            f"record/{room} imports {name}: ask through {sorted(OPEN_DOORS)}"
        )


AN_ADDRESS = re.compile(r"/(#|[a-z][a-z-]*/)")


@pytest.mark.parametrize(
    "path",
    [path for path in modules() if room_of(path)[0] == "record"],
    ids=lambda path: str(path.relative_to(SOURCE)),
)
def test_the_record_knows_no_address_of_a_page(path: Path) -> None:
    """A message leads to a page by its name (`access.messages.page`), and the web says where that is."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    texts = [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant)]
    assert [text for text in texts if isinstance(text, str) and AN_ADDRESS.match(text)] == []


# Doors a room has beside the usual ones, each a subject of its own.
DECLARED_DOORS: dict[str, set[str]] = {
    "assessment": {"form"},
    "chronology": {"words", "telling", "kinds", "entering", "retelling"},
    "clocks": {"running"},
    "frontdoor": {"codes"},
    "people": {"deciding", "records", "names", "search", "staff", "family", "local", "safe_contact"},
    "access": {"chairs", "links", "looking", "messages", "open_work"},
    "audit": {"journal"},
    "extract": {"mapping"},
    "documents": {"scanning"},
    "visits": {"plans", "reading"},
}
