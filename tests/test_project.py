"""What holds for the whole project: what is committed and depended on, what documents say and link to."""

import re
import subprocess
import tomllib
from pathlib import Path

import pytest
from django.apps import apps

from kith.record.extract.mapping import FACTS, not_in_dataset
from kith.record.facts import Version

ROOT = Path(__file__).resolve().parent.parent
NOT_COMMITTED = {".git", ".venv", "var", "built", "node_modules", "__pycache__"}

# In pieces, so that this file does not hold what it looks for.
REGISTRIES = [
    "pypi" + ".org", "python" + "hosted.org", "npm" + "js.", "crates" + ".io", "conda" + ".anaconda",
    "--index" + "-url", "--extra-index" + "-url", "proxy.golang" + ".org",
]  # fmt: skip
MACHINES = re.compile(r"(?<![\w.:/])/(?:" + "work|home|root|Users|farm" + r")/\w|[A-Z]:\\Users\\", re.ASCII)

# Models that are not kept as versions, with what keeps their changes instead.
NO_FACT = {
    "access.breakglass": "audit entry as it is broken and as it is reviewed",
    "access.keptapart": "audit entry; its row is ended, never changed",
    "access.message": "tells of an act that has its own audit entry",
    "access.onetimelink": "audit entry as it is made, moved, used and withdrawn",
    "access.restrictedmatch": "audit entry as it is met",
    "access.restriction": "audit entry as it is made and lifted",
    "audit.batch": "audit entry for each import and undo",
    "audit.entry": "is the audit; only ever added to, which the database guards",
    "audit.seal": "is the audit; only ever added to",
    "chronology.line": "made again from facts at any time",
    "clocks.localclock": "dated rows; a change is a new row",
    "checking.checkfinding": "written once, with its run",
    "checking.checkrun": "how far a check is; the check has its own audit entry",
    "checking.explanation": "explaining and taking back each have an audit entry; the words stay",
    "drafts.draft": "unfinished words of one person; what they become is a fact with its own audit entry",
    "figures.taking": "how far a taking is; the taking has its own audit entry",
    "importer.difference": "written once, with its batch",
    "importer.importjob": "how far an import is; the import has its own audit entry",
    "importer.importlock": "is there only while an import is at work",
    "importer.reject": "written once, with its batch",
    "importer.sourcefile": "written once, with its batch",
    "importer.sourcerow": "what a file said; taken away only as its batch is undone",
    "importer.unreturned": "written once, with its batch",
    "people.cover": "audit entry as it is arranged and ended; dated",
    "people.localsetting": "audit entry; dated rows, a change is a new row",
    "people.matchproposal": "audit entry as it is decided",
    "people.membership": "audit entry; dated",
    "people.ownauthority": "audit entry; dated rows",
    "people.person": "an id and nothing else; a merge is a row of its own",
    "people.personmerge": "audit entry; a merge that is undone is ended, not removed",
    "people.team": "audit entry",
    "people.user": "audit entry for each change of staff",
    "people.userrole": "audit entry; dated",
}


def committed() -> list[Path]:
    """Every file of the project: what git holds, or without git what lies here."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    names = [name for name in listed.stdout.split("\0") if name]
    files = [ROOT / name for name in names] or [
        file for file in ROOT.rglob("*") if not NOT_COMMITTED & set(file.relative_to(ROOT).parts)
    ]
    return [file for file in files if file.is_file()]


def texts(*endings: str) -> list[tuple[str, str]]:
    """(name, text) of the committed files with one of these endings, or of all that are text."""
    found = []
    for file in committed():
        if not endings or file.suffix in endings:
            data = file.read_bytes()
            if b"\0" not in data[:4096]:
                found.append((str(file.relative_to(ROOT)), data.decode("utf-8", errors="replace")))
    return found


def test_no_file_names_a_registry_or_a_place_on_somebodys_machine():
    files = texts()
    assert len(files) > 100
    found = [(name, word) for name, text in files for word in REGISTRIES if word in text]
    found += [(name, match[0]) for name, text in files for match in MACHINES.finditer(text)]
    assert found == []


@pytest.mark.parametrize("name", ["run.txt", "test.txt"])
def test_each_required_package_has_one_version_and_its_hashes(name):
    text = (ROOT / "requirements" / name).read_text()
    assert "://" not in text
    entries = re.split(r"\n(?=\S)", text.replace("\\\n", " ").strip())
    assert len(entries) > 20
    for entry in entries:
        assert re.match(r"[\w.\-\[\],]+==[\w.!+]+\s", entry), entry[:60]
        assert re.search(r"--hash=sha256:[0-9a-f]{64}\b", entry), entry[:60]


def test_what_runs_is_tested_in_the_same_versions():
    run, test = (pinned(name) for name in ("run.txt", "test.txt"))
    assert {name: test.get(name) for name in run} == run


def pinned(name: str) -> dict[str, str]:
    text = (ROOT / "requirements" / name).read_text()
    return dict(re.findall(r"^([\w.\-]+)(?:\[[^\]]*\])?==([^\s;\\]+)", text, re.MULTILINE))


def test_each_dependency_says_what_it_is_for():
    text = (ROOT / "pyproject.toml").read_text()
    project = tomllib.loads(text)
    groups = [
        project["project"]["dependencies"],
        *project["project"]["optional-dependencies"].values(),
        *project["dependency-groups"].values(),
    ]
    for name in (name for group in groups for name in group):
        line = next(line for line in text.splitlines() if f'"{name}"' in line)
        reason = line.rpartition("#")[2] if "#" in line else ""
        assert len(reason.split()) >= 2, f"{name} has no reason beside it in pyproject.toml"


def test_each_dependency_is_pinned():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    needed = {
        re.match(r"[\w\-]+", name)[0].replace("_", "-").lower() for name in project["project"]["dependencies"]
    }
    assert needed <= {name.lower() for name in pinned("run.txt")}


def test_every_model_is_a_mapped_fact_or_is_listed_with_what_keeps_its_changes():
    ours = [model for model in apps.get_models() if model.__module__.startswith("kith.")]
    kept = {model for model in ours if issubclass(model, Version)}
    unmapped = {apps.get_model(label) for label, field in not_in_dataset() if not field}
    assert {table.model for table in FACTS} | unmapped == kept
    assert {model._meta.label_lower for model in ours if model not in kept} == NO_FACT.keys()


LINK = re.compile(r"(?<!!)\[[^\]\n]*\]\(([^)\s]+)\)")


def test_links_between_documents_lead_somewhere():
    checked = 0
    for name, text in texts(".md"):
        for target in LINK.findall(text):
            path, _, heading = target.partition("#")
            if "://" in path or path.startswith("mailto:"):
                continue
            place = ((ROOT / name).parent / path).resolve() if path else ROOT / name
            assert place.exists(), f"{name} links to {target}"
            assert not heading or heading in headings(place), f"{name} links to {target}"
            checked += 1
    assert checked


def headings(document: Path) -> set[str]:
    """The anchors of a document's headings, as readers of Markdown make them."""
    titles = re.findall(r"^#+ (.+)$", document.read_text(), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


DECISIONS = sorted((ROOT / "docs" / "decisions").glob("*.md"))


@pytest.mark.parametrize("record", DECISIONS, ids=lambda path: path.stem)
def test_a_decision_record_fits_a_page_and_has_its_parts(record):
    text = record.read_text()
    number = re.fullmatch(r"(\d{4})-[a-z0-9\-]+", record.stem)
    assert number, record.name
    assert text.startswith(f"# {int(number[1])}. "), "the title begins with the record's number"
    assert re.search(r"^Date: \d{4}-\d\d-\d\d\. Status: \w", text, re.MULTILINE)
    parts = re.findall(r"^## (.+)$", text, re.MULTILINE)
    assert parts == ["Context", "Options", "Decision", "Consequences"]
    bodies = re.split(r"^## .+$", text, flags=re.MULTILINE)[1:]
    assert all(body.strip() for body in bodies)
    assert len(text.split()) < 600


def test_no_two_decision_records_share_a_number():
    numbers = [record.name[:4] for record in DECISIONS]
    assert len(set(numbers)) == len(numbers) > 0


INLINE = {
    "a style attribute": re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE),
    "a style element": re.compile(r"<style\b", re.IGNORECASE),
    "a script without a file": re.compile(r"<script\b(?![^>]*\ssrc=)", re.IGNORECASE),
    "a handler": re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "a script as an address": re.compile(r"(?:href|src|action)\s*=\s*[\"']?\s*javascript:", re.IGNORECASE),
}


@pytest.mark.parametrize("what", INLINE)
def test_no_template_holds_style_or_script_of_its_own(what):
    templates = [(name, text) for name, text in texts(".html") if name.startswith("src/")]
    assert templates
    assert [name for name, text in templates if INLINE[what].search(text)] == []


@pytest.mark.parametrize(
    ("what", "text"),
    [
        ("a style attribute", '<p class="a" style="color: red">'),
        ("a style element", "<style>p {}</style>"),
        ("a script without a file", "<script>go()</script>"),
        ("a handler", '<button type="button" onclick="go()">'),
        ("a script as an address", '<a href="javascript:go()">'),
    ],
)
def test_such_style_and_script_would_be_seen(what, text):
    assert INLINE[what].search(text)
    assert not any(
        pattern.search('<script src="a.js" defer></script><p>on = 1') for pattern in INLINE.values()
    )
