"""What cannot be done ends with status 2 and a sentence that says what to do, never with a traceback."""

import errno
import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import OperationalError
from django.utils import timezone
from lxml.etree import SerialisationError
from polars.exceptions import ComputeError
from reference import SAMPLES
from terminal import EPISODES, HEADER, a_return, kith, sentence, told

from kith.dataset.writers import ssda903_csv
from kith.record.importer.lock import NAME, only_one
from kith.record.importer.models import ImportLock
from kith.standards import places

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def opened(db, tmp_path):
    """A record with two children of authority 999."""
    kith("open", a_return(tmp_path / "in"), "--authority", "999")


@pytest.mark.django_db
def test_nothing_there():
    assert "There is nothing at" in sentence("open", "no-such-folder", "--authority", "999")


@pytest.mark.django_db
def test_a_folder_without_a_return(tmp_path):
    (tmp_path / "letter.docx").write_text("Dear all")
    assert "Give the folder that holds the returns" in sentence("open", tmp_path, "--authority", "999")


@pytest.mark.django_db
def test_whose_files_they_are_is_asked_for(tmp_path):
    assert "--authority 999" in sentence("open", a_return(tmp_path / "in"))


@pytest.mark.django_db
@pytest.mark.parametrize("code", ["99", "9999", "ABC", "９９９", ""])
def test_a_code_that_no_authority_has(tmp_path, code):
    assert "three digits" in sentence("open", a_return(tmp_path / "in"), "--authority", code)


@pytest.mark.django_db
def test_tables_and_returns_in_one_folder_are_not_half_opened(tmp_path):
    a_return(tmp_path / "in")
    (tmp_path / "in" / "ssd_person.csv").write_text("pers_person_id\n1\n")
    assert "folders of their own" in sentence("open", tmp_path / "in", "--authority", "999")


def test_an_authority_that_the_record_does_not_know(opened, tmp_path):
    said = sentence("export", "903", "--year", "2020", "--to", tmp_path / "out", "--authority", "123")
    assert "no child of authority 123" in said
    assert "999" in said


@pytest.mark.django_db
def test_a_record_that_is_empty(tmp_path):
    assert "kith open FOLDER" in sentence("export", "903", "--year", "2020", "--to", tmp_path / "out")
    assert "kith open FOLDER" in sentence("extract", "--to", tmp_path / "out")


@pytest.mark.parametrize("kind", ["903", "cin"])
def test_a_year_with_nothing_to_send(opened, tmp_path, kind):
    said = sentence("export", kind, "--year", "2011-12", "--to", tmp_path / "out")
    assert "nothing that belongs in" in said
    assert "2011-12" in said
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("year", ["18", "2017-19", "next", "0"])
def test_a_year_that_is_none(year, tmp_path):
    assert "2017-18" in sentence("export", "903", "--year", year, "--to", tmp_path / "out")


@pytest.mark.django_db
def test_an_import_that_is_running_is_not_disturbed(tmp_path):
    with only_one("2018, by Ada"):
        assert "Another import is at work: 2018, by Ada" in sentence(
            "open", a_return(tmp_path / "in"), "--authority", "999"
        )


@pytest.mark.django_db
def test_an_import_that_was_killed_stands_in_nobodys_way(tmp_path):
    ImportLock.objects.create(name=NAME, held_for="killed", taken_at=timezone.now())
    assert told("open", a_return(tmp_path / "in"), "--authority", "999")["counts"]["added"] == 4


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), "The disk is full"),
        (OSError("No space left on device (os error 28)"), "The disk is full"),
        (ComputeError("parquet: underlying IO error: No space left (os error 28)"), "The disk is full"),
        (SerialisationError("IO_ENOSPC"), "The disk is full"),
        (OperationalError("database or disk is full"), "The disk is full"),
        (OSError(errno.EACCES, "Permission denied", "/closed"), "You may not read or write /closed"),
        (OSError(errno.EROFS, "Read-only file system", "/cd"), "cannot be written to"),
        (OperationalError("database is locked"), "Try again in a minute"),
        (OperationalError("server closed the connection unexpectedly"), "stopped answering"),
    ],
    ids=[
        "disk full",
        "disk full for a table as CSV",
        "disk full for a table as Parquet",
        "disk full for a census",
        "disk full for the database",
        "no permission",
        "read only",
        "locked",
        "server gone",
    ],
)
def test_a_fault_half_way_leaves_no_file(opened, tmp_path, monkeypatch, fault, words):
    written = []

    def write_one_and_fail(table, frame, folder):
        if written:
            raise fault
        path = folder / f"{table.file}.csv"
        path.write_text("half")
        written.append(path)
        return path

    monkeypatch.setattr(ssda903_csv, "_write", write_one_and_fail)
    said = kith("export", "903", "--year", "2020", "--to", tmp_path / "out", status=2).stderr
    assert words in said
    assert "Traceback" not in said
    assert written
    assert not (tmp_path / "out").exists()


def test_a_folder_that_is_a_file(opened, tmp_path):
    (tmp_path / "taken").write_text("mine")
    for place in (tmp_path / "taken", tmp_path / "taken" / "inside"):
        said = sentence("extract", "--to", place)
        assert "file" in said
    assert (tmp_path / "taken").read_text() == "mine"


def test_stopped_by_hand(opened, tmp_path, monkeypatch):
    def stop(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(ssda903_csv, "_write", stop)
    said = kith("export", "903", "--year", "2020", "--to", tmp_path / "out", status=2).stderr
    assert "Stopped" in said
    assert not (tmp_path / "out").exists()


def test_a_fault_that_nobody_foresaw_is_kept_for_whoever_looks_after_kith(opened, tmp_path, monkeypatch):
    def fail(*_):
        raise ZeroDivisionError("a fault of ours")

    monkeypatch.setattr(ssda903_csv, "_write", fail)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    said = kith("export", "903", "--year", "2020", "--to", tmp_path / "out", status=2).stderr
    [kept] = tmp_path.glob("kith-fault-*.txt")
    assert str(kept) in said
    assert "a fault of ours" in kept.read_text()
    assert kept.stat().st_mode & 0o077 == 0


def test_the_postcode_table_that_is_not_built(tmp_path, monkeypatch):
    monkeypatch.setattr(places, "postcodes_of", not_built)
    said = sentence("invent", "--children", "5", "--to", tmp_path / "out")
    assert "make setup" in said
    assert not (tmp_path / "out").exists()


def not_built(*_):
    raise places.PlacesNotBuilt("The postcode table has not been built. Run `make setup`.")


def test_a_port_that_is_in_use(unused_port):
    with socket.socket() as other:
        other.bind(("127.0.0.1", unused_port))
        other.listen()
        assert "kith run --port" in sentence("run", "--port", unused_port)


@pytest.mark.django_db
def test_what_is_no_email_address():
    assert "is not an email address" in sentence("administrator", "ada", "Ada Invented")


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("nonsense", "could not be read"),
        ("oracle://name:secret@host/kith", "could not be read"),
        ("postgres://name:secret@host:port/kith", "could not be read"),
        ("sqlite:////no/such/folder/kith.sqlite3", "No such file or directory"),
        ("postgres://name:secret@127.0.0.1:1/kith", "could not be opened"),
    ],
)
def test_a_database_that_cannot_be_opened(tmp_path, address, words):
    environment = {**os.environ, "KITH_HOME": str(tmp_path), "KITH_SECRET_KEY": "for-a-test"}
    environment.pop("KITH_TESTING", None)
    ran = subprocess.run(
        [sys.executable, "-m", "kith", "open", str(tmp_path), "--database", address, "--json"],
        env={**environment, "PYTHONPATH": str(ROOT / "src")},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert ran.returncode == 2, ran.stderr
    assert words in json.loads(ran.stdout)["error"]
    assert "Traceback" not in ran.stderr
    assert "secret" not in ran.stdout + ran.stderr


BOMB = """<?xml version="1.0"?>
<!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;">]>
<Message><Children><Child><ChildIdentifiers><LAchildID>&c;</LAchildID></ChildIdentifiers></Child></Children>
</Message>"""


def bomb(folder: Path) -> None:
    (folder / "bad.xml").write_text(BOMB)


def spreadsheet(folder: Path) -> None:
    (folder / "bad.csv").write_bytes((SAMPLES / "ofsted_fake" / "ch_fake.xlsx").read_bytes())


def half_an_xml(folder: Path) -> None:
    whole = (SAMPLES / "cin_fake" / "CIN_Census_2026.xml").read_bytes()
    (folder / "bad.xml").write_bytes(whole[: len(whole) // 2])


def other_encoding(folder: Path) -> None:
    (folder / "bad.csv").write_bytes(f"{HEADER}\nÉ9,1,05/06/2010,WBRI,,,\n".encode("utf-16"))


def web_page(folder: Path) -> None:
    (folder / "bad.csv").write_text("<!doctype html><html><body>Sign in</body></html>")


@pytest.mark.django_db
@pytest.mark.parametrize("spoil", [bomb, spreadsheet, half_an_xml, other_encoding, web_page])
def test_a_bad_file_among_good_ones_is_told_and_the_others_are_read(tmp_path, spoil):
    folder = a_return(tmp_path / "in")
    spoil(folder)
    answer = told("open", folder, "--authority", "999", status=1)
    assert answer["counts"]["added"] >= 4
    assert {reject["file"].rpartition("/")[2].partition(".")[0] for reject in answer["rejects"]} == {"bad"}
    assert all(len(reject["reason"]) > 20 for reject in answer["rejects"])
    people = kith("open", folder, "--authority", "999", status=1).stdout
    assert "Rejected:" in people
    assert "bad." in people


@pytest.mark.django_db
@pytest.mark.parametrize("spoil", [bomb, spreadsheet, other_encoding, web_page])
def test_a_bad_file_alone_cannot_be_opened(tmp_path, spoil):
    spoil(tmp_path)
    assert "bad." in sentence("open", tmp_path, "--authority", "999")


@pytest.mark.django_db
def test_a_row_that_cannot_be_read_is_rejected_with_its_line_and_column(tmp_path):
    folder = a_return(tmp_path / "in")
    row = "C3,31/02/2019,S,C2,N1,U1,PR1,,,,,,"
    with (folder / "episodes.csv").open("a") as file:
        file.write(f"{row}\n")
    answer = told("open", folder, "--authority", "999", status=1)
    assert answer["counts"] == {
        "read": 5,
        "added": 4,
        "continued": 0,
        "corrected": 0,
        "unchanged": 0,
        "rejected": 1,
    }
    [reject] = answer["rejects"]
    assert (reject["file"], reject["line"], reject["column"]) == ("episodes.csv", 4, "DECOM")
    assert EPISODES.split(",")[1] == reject["column"]
