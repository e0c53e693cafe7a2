"""What was sent is scanned before anything reads it; what is not found clean is not kept."""

import sys
from pathlib import Path

import pytest
from django.conf import settings as here

from kith.record.access.models import Message
from kith.record.audit.models import Entry
from kith.record.documents import scanning
from kith.record.documents.scanning import NotScannedClean, check_clean
from kith.record.importer.jobs import receive
from kith.record.importer.models import ImportJob
from kith.record.importer.tests.made import AUTHORITY, worker
from kith.record.people.models import Role

pytestmark = pytest.mark.django_db

# The harmless file by which every scanner can be tried, in two parts so that this file is none.
TRIAL = "X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-" + "ANTIVIRUS-TEST-FILE!$H+H*"
SCANNER = """
import sys
from pathlib import Path
found = [name for name in sys.argv[1:] if "EICAR-STANDARD-" + "ANTIVIRUS" in Path(name).read_text()]
sys.exit(1 if found else 0)
"""


@pytest.fixture
def scanner(settings):
    settings.SCAN_COMMAND = [sys.executable, "-c", SCANNER]


@pytest.fixture
def analyst():
    return worker(Role.ANALYST)


def sent(content="CHILD,SEX\n"):
    return [("2019/header.csv", [b"CHILD,SEX\n"]), ("2019/notes.csv", [content.encode()])]


def test_what_is_clean_is_kept(scanner, analyst):
    job = receive(sent(), by=analyst, authority=AUTHORITY)
    assert Path(job.folder).is_dir()
    assert not Entry.objects.filter(act="files_refused").exists()


def test_what_is_harmful_is_refused_told_of_and_nowhere_kept(scanner, analyst):
    administrator = worker(Role.ADMINISTRATOR, email="root@northbrook.example")
    with pytest.raises(NotScannedClean, match="found something in what you sent"):
        receive(sent(TRIAL), by=analyst, authority=AUTHORITY)
    assert not ImportJob.objects.exists()
    assert list((Path(here.HOME) / "imports").iterdir()) == []
    entry = Entry.objects.get(act="files_refused")
    assert (entry.actor_id, entry.about["files"]) == (analyst.pk, 2)
    assert "found something" in Message.objects.get(to=administrator).text


@pytest.mark.parametrize(
    "command",
    [
        [sys.executable, "-c", "import sys; sys.exit(2)"],
        [sys.executable, "-c", "import os; os.kill(os.getpid(), 9)"],
        ["/no/such/scanner"],
    ],
    ids=["failed", "killed", "not there"],
)
def test_a_scan_that_fails_refuses_too(settings, analyst, command):
    settings.SCAN_COMMAND = command
    with pytest.raises(NotScannedClean, match="could not be scanned"):
        receive(sent(), by=analyst, authority=AUTHORITY)
    assert not ImportJob.objects.exists()


def test_a_scan_that_does_not_end_refuses_too(settings, tmp_path, monkeypatch):
    settings.SCAN_COMMAND = [sys.executable, "-c", "import time; time.sleep(60)"]
    monkeypatch.setattr(scanning, "LONGEST_SECONDS", 0.2)
    (tmp_path / "header.csv").write_text("CHILD\n")
    with pytest.raises(NotScannedClean, match="could not be scanned"):
        check_clean(tmp_path)


def test_the_scan_comes_before_anything_reads_the_files(settings, analyst, tmp_path):
    seen = tmp_path / "seen"
    settings.SCAN_COMMAND = [
        sys.executable, "-c", f"import sys; open({str(seen)!r}, 'w').write('\\n'.join(sys.argv[1:]))",
    ]  # fmt: skip
    receive(sent(), by=analyst, authority=AUTHORITY)
    names = [Path(line) for line in seen.read_text().splitlines()]
    assert [name.name for name in names] == ["header.csv", "notes.csv"]
    assert all("arriving-" in str(name) for name in names)  # not yet where an import would look


def test_with_no_command_nothing_is_scanned(settings, analyst):
    settings.SCAN_COMMAND = []
    assert receive(sent(TRIAL), by=analyst, authority=AUTHORITY).state == ImportJob.State.RECEIVED
