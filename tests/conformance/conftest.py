"""`pytest tests/conformance --cases FOLDER` runs every recorded case in a folder, and tells which agree."""

import sys
from collections import Counter
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))  # so that the tests find `cases` beside them
sys.path.insert(0, str(Path(__file__).parent.parent))  # and `reference` above them

from reference import REFERENCE

SHARED = REFERENCE / "cases"
ANSWERS = pytest.StashKey[Counter]()


def pytest_addoption(parser):
    parser.addoption("--cases", default=None, help="a folder of recorded cases, in 903/ and cin/")


def pytest_generate_tests(metafunc):
    if "case_path" in metafunc.fixturenames:
        given = metafunc.config.getoption("--cases", default=None)
        folder = Path(given) if given else SHARED
        paths = sorted(folder.rglob("*.json")) if folder.is_dir() else []
        metafunc.parametrize("case_path", paths, ids=[f"{path.parent.name}-{path.stem}" for path in paths])


@pytest.fixture
def answers(request):
    """Where each case's answer is told, for the summary."""
    return request.config.stash.setdefault(ANSWERS, Counter())


def pytest_terminal_summary(terminalreporter, config):
    told = config.stash.get(ANSWERS, Counter())
    if not told:
        return
    terminalreporter.section("conformance")
    totals = Counter(answer for (_, answer) in told.elements())
    terminalreporter.write_line(", ".join(f"{count} {answer}" for answer, count in sorted(totals.items())))
    for (rule, answer), count in sorted(told.items()):
        if answer != "agreed":
            terminalreporter.write_line(f"  {rule}: {answer}" + (f" ({count})" if count > 1 else ""))
