"""The command at the terminal does what its help says, tells machines in JSON, and ends with its status."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import zipfile
from pathlib import Path
from unittest.mock import Mock
from urllib.error import URLError
from urllib.request import urlopen

import polars as pl
import pytest
from django.db import connection
from reference import SAMPLES
from terminal import a_return, kith, sentence, told

from kith.cli import main
from kith.dataset.facts import facts_of, return_of
from kith.dataset.readers.folder import read_folder
from kith.record.audit.models import Batch, Entry
from kith.record.importer.models import SourceRow
from kith.record.people.models import User
from kith.record.people.queries import person_for_child_id
from kith.record.people.search import find
from kith.web import serve as serve_module

pytestmark = pytest.mark.django_db

COUNTS = {"read", "added", "continued", "corrected", "unchanged", "rejected"}


def test_help_says_where_to_start_and_what_each_exit_status_means():
    text = kith("--help").stdout
    for words in ("kith open FOLDER", "--json", "0  done", "1  done, with rejects", "2  could not"):
        assert words in text
    for name in main.commands:
        assert name in text
    assert "..." not in text.partition("Commands:")[2]  # each says in its line what it does, whole


@pytest.mark.parametrize("name", sorted(main.commands))
def test_every_command_has_help_and_tells_machines(name):
    text = kith(name, "--help").stdout
    assert "Print one JSON object, for machines." in text
    assert len(text.splitlines()) > 8


def test_open_prints_the_six_counts_and_they_add_up(tmp_path):
    answer = told("open", a_return(tmp_path / "in"), "--authority", "999")
    counts = answer["counts"]
    assert counts.keys() == COUNTS
    assert counts == {**dict.fromkeys(COUNTS, 0), "read": 4, "added": 4}
    assert answer["authority"] == "999"
    assert answer["rejects"] == []
    assert {file["name"] for file in answer["files"]} == {"header.csv", "episodes.csv"}
    assert sum(file["counts"]["read"] for file in answer["files"]) == counts["read"]


def test_open_tells_people_the_same_and_shows_the_year_it_inferred(tmp_path):
    text = kith("open", a_return(tmp_path / "in"), "--authority", "999").stdout
    assert "SSDA903 2019-20 (" in text
    for name in COUNTS:
        assert name in text


def test_open_says_where_the_rows_that_a_return_would_not_hold_are_listed(tmp_path):
    folder = a_return(tmp_path / "in")
    episodes = folder / "episodes.csv"
    episodes.write_text(episodes.read_text().replace("PR1,,", "PR1,,E4A"))  # a reason for ending, and no end
    text = kith("open", folder, "--authority", "999").stdout
    batch = Batch.objects.get().pk
    assert "would not hold them as they stand in the files:" in text
    assert f"Each row is listed on the import's page: Returns, or /returns/import/{batch}/" in text


def test_open_twice_changes_nothing(tmp_path):
    folder = a_return(tmp_path / "in")
    kith("open", folder, "--authority", "999")
    counts = told("open", folder, "--authority", "999")["counts"]
    assert counts == {**dict.fromkeys(COUNTS, 0), "read": 4, "unchanged": 4}


def test_the_only_authority_that_the_record_knows_need_not_be_said_again(tmp_path):
    folder = a_return(tmp_path / "in")
    kith("open", folder, "--authority", "999")
    text = kith("open", folder).stdout
    assert "Authority 999 (the only one the record knows)" in text


def test_a_child_is_found_by_id_after_open(tmp_path):
    kith("open", a_return(tmp_path / "in"), "--authority", "999")
    person = person_for_child_id("999", "A1")
    assert person is not None
    assert [one.person_id for one in find("A1")] == [person.pk]


def test_an_end_that_comes_later_is_continued(tmp_path):
    kith("open", a_return(tmp_path / "in"), "--authority", "999")
    later = a_return(tmp_path / "later", ended="01/02/2020")
    counts = told("open", later, "--year", "2019-20")["counts"]
    assert (counts["continued"], counts["unchanged"]) == (2, 2)


def test_a_zip_is_opened_as_its_folder_is(tmp_path):
    folder = a_return(tmp_path / "in")
    zipped = tmp_path / "returns.zip"
    with zipfile.ZipFile(zipped, "w") as archive:
        for file in folder.iterdir():
            archive.write(file, file.name)
    assert told("open", zipped, "--authority", "999")["counts"]["added"] == 4


def test_a_census_says_itself_whose_it_is(tmp_path):
    answer = told("open", SAMPLES / "cin_fake" / "CIN_Census_2026.xml")
    assert answer["found"][0].startswith("CIN census")
    assert len(answer["authority"]) == 3
    assert answer["counts"]["added"] == answer["counts"]["read"] > 0


@pytest.mark.parametrize("kind", ["903", "cin"])
def test_an_export_is_made_from_facts_with_the_source_rows_gone(tmp_path, kind):
    source = (
        a_return(tmp_path / "in", children=("A1", "B2", "C3"))
        if kind == "903"
        else SAMPLES / "cin_fake" / "fake_CIN_data.xml"
    )
    authority = told("open", source, "--authority", "999")["authority"]
    SourceRow.objects.all().delete()
    [read] = read_folder(source, authority=authority)
    answer = told("export", kind, "--year", read.year, "--to", tmp_path / "out")
    [back] = read_folder(tmp_path / "out", year=read.year, authority=authority)
    expected = return_of(facts_of([read]), kind, read.year, authority)
    for table, frame in expected.tables.items():
        if table in back.tables:
            assert rows(back.tables[table]) == rows(frame), table
        else:
            assert not frame.height, table
    assert answer["rows"] == {name: frame.height for name, frame in expected.tables.items() if frame.height}
    assert [Path(file).exists() for file in answer["files"]] == [True] * len(answer["files"])


def rows(frame: pl.DataFrame) -> list[str]:
    """The values as text, in order; a census's running numbers mean nothing outside their file."""
    numbers = [name for name in frame.columns if name.endswith("ID") and name != "LAchildID"]
    values = [name for name in frame.columns if not name.startswith("_") and name not in numbers]
    return sorted(str(row) for row in frame.select(values).iter_rows())


@pytest.mark.parametrize("form", ["parquet", "csv"])
def test_an_extract_writes_each_table_that_holds_anything(tmp_path, form):
    kith("open", a_return(tmp_path / "in"), "--authority", "999")
    answer = told("extract", "--to", tmp_path / "out", "--format", form)
    assert {file.name for file in (tmp_path / "out").iterdir()} == {
        f"{name}.{form}" for name in answer["rows"]
    }
    assert answer["rows"]["ssd_person"] == 2
    assert Entry.objects.filter(act="record_extracted").exists()


def test_files_already_there_are_left_alone_until_force_is_said(tmp_path):
    kith("open", a_return(tmp_path / "in"), "--authority", "999")
    out = tmp_path / "out"
    out.mkdir()
    (out / "header.csv").write_text("mine")
    (out / "notes.txt").write_text("mine too")
    refused = kith("export", "903", "--year", "2019-20", "--to", out, status=2)
    assert "--force" in refused.stderr
    assert (out / "header.csv").read_text() == "mine"
    kith("export", "903", "--year", "2019-20", "--to", out, "--force")
    assert (out / "header.csv").read_text().startswith("CHILD,")
    assert (out / "notes.txt").read_text() == "mine too"
    assert not [file.name for file in out.iterdir() if file.name.startswith(".")]


def test_invent_makes_the_same_authority_from_the_same_seed(tmp_path, invented_postcodes):
    for place in ("one", "two"):
        answer = told("invent", "--children", 6, "--years", 1, "--seed", 7, "--to", tmp_path / place)
        assert answer["name"] == "Northbrook"
    first, second = (contents(tmp_path / place / "returns") for place in ("one", "two"))
    assert first == second
    assert answer["files"] == len([file for file in (tmp_path / "two").rglob("*") if file.is_file()])
    assert told("open", tmp_path / "one" / "returns", "--authority", answer["authority"])["rejects"] == []


def contents(folder: Path) -> dict[str, bytes]:
    return {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


@pytest.fixture
def invented_postcodes():
    """Skips, with its reason, where set-up has not built the postcode table."""
    from kith.standards import places

    if not places.is_built():
        pytest.skip("NOT RUN: the postcode table is not built (make setup)")


def test_a_new_folder_for_the_record_is_told_of_once(tmp_path, settings):
    settings.HOME_IS_NEW = True
    assert f"Kith keeps its files in {settings.HOME}, a new folder" in kith("audit").stderr
    settings.HOME_IS_NEW = False
    assert "new folder" not in kith("audit").stderr
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("KITH_", "DATABASE_"))}
    environment = {**kept, "PYTHONPATH": str(Path(__file__).resolve().parent.parent / "src")}
    asked = [
        sys.executable,
        "-c",
        "from kith.web import settings; print(settings.HOME_IS_NEW, settings.HOME)",
    ]
    said = [
        subprocess.run(asked, env=environment, cwd=tmp_path, capture_output=True, text=True).stdout.split()
        for _ in range(2)
    ]
    assert said == [["True", str(tmp_path / "var")], ["False", str(tmp_path / "var")]]


def test_a_new_folder_for_the_record_stays_out_of_version_control(settings, tmp_path):
    settings.HOME, settings.HOME_IS_NEW = tmp_path, True
    kith("audit")
    assert (tmp_path / ".gitignore").read_text() == "*\n"


def test_a_port_taken_while_the_authority_is_invented_is_told_before_kith_says_where_it_is(
    monkeypatch, unused_port
):
    monkeypatch.setenv("KITH_DEMO", "1")  # put back after the test, whatever the command makes of it
    monkeypatch.setattr("kith.web.serve.serve", lambda *_: pytest.fail("the pages were started"))
    with socket.socket() as other:

        def invent_meanwhile(step):
            other.bind(("127.0.0.1", unused_port))
            other.listen()

        monkeypatch.setattr("kith.web.serve.fill_with_an_invented_authority", invent_meanwhile)
        said = kith("run", "--demo", "--port", str(unused_port), status=2).stderr
    assert "cannot be had" in said
    assert "Kith is at" not in said


def test_the_first_administrator_is_made_once_and_can_sign_in():
    answer = told("administrator", "ada@northbrook.example", "Ada Invented")
    assert User.objects.get().check_password(answer["password"])
    assert "has users already" in kith("administrator", "b@northbrook.example", "B", status=2).stderr


@pytest.mark.parametrize(("served", "status"), [(0, 0), (1, 2)])
def test_run_tells_machines_where_the_pages_are(monkeypatch, unused_port, served, status):
    def serve(host, port, workers):
        print("the server speaks")
        return served

    monkeypatch.setattr("kith.web.serve.serve", serve)
    result = kith("run", "--json", "--port", unused_port, status=status)
    assert json.loads(result.stdout) == {"address": f"http://127.0.0.1:{unused_port}/", "demo": False}
    assert "the server speaks" in result.stderr
    assert "kith administrator EMAIL NAME" in result.stderr


def test_the_demo_says_that_it_invents_only_when_it_does(monkeypatch, unused_port):
    monkeypatch.setenv("KITH_DEMO", "1")  # put back after the test, whatever the command makes of it
    monkeypatch.setattr("kith.web.serve.serve", lambda *_: 0)
    monkeypatch.setattr("kith.web.serve.fill_with_an_invented_authority", lambda _: None)
    assert "Inventing" in kith("run", "--demo", "--port", unused_port).stderr
    monkeypatch.setattr("kith.web.serve.is_empty", lambda: False)
    assert "Inventing" not in kith("run", "--demo", "--port", unused_port).stderr


def test_a_port_that_is_taken_is_said_with_the_way_to_another(unused_port):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", unused_port))
        taken.listen()
        assert f"kith run --port {unused_port + 1}" in sentence("run", "--port", unused_port)
        assert f"make run PORT={unused_port + 1}" in sentence("run", "--demo", "--port", unused_port)


def test_stopping_before_the_pages_are_up_is_no_fault(monkeypatch, unused_port):
    def stop(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr("kith.web.serve.serve", stop)
    assert json.loads(kith("run", "--json", "--port", unused_port).stdout)["demo"] is False


@pytest.mark.slow
def test_a_worker_that_does_not_end_is_ended(monkeypatch):
    monkeypatch.setattr(serve_module, "WORKER_SECONDS", 0.2)
    deaf = "import signal, time; signal.signal(15, signal.SIG_IGN); print(1, flush=True); time.sleep(60)"
    worker = subprocess.Popen([sys.executable, "-c", deaf], stdout=subprocess.PIPE)
    assert worker.stdout.readline()  # from here on it hears nothing
    serve_module.end(worker)
    assert worker.returncode == -signal.SIGKILL


def test_a_worker_that_ended_by_itself_is_started_again_within_a_minute(monkeypatch, caplog):
    monkeypatch.setattr(serve_module.Worker, "COMMAND", (sys.executable, "-c", "raise SystemExit(3)"))
    monkeypatch.setattr(serve_module, "keep_house", lambda: None)
    worker = serve_module.Worker()
    worker.process.wait()
    monkeypatch.setattr(serve_module.Worker, "COMMAND", (sys.executable, "-c", "import time; time.sleep(60)"))
    web = Mock(wait=Mock(side_effect=[subprocess.TimeoutExpired("web", 60)] * 2 + [0]))
    assert serve_module.keep_house_until_stopped(web, worker) == 0
    assert "ended by itself (status 3)" in caplog.text
    assert len(caplog.records) == 1  # one that is at work is left at it
    serve_module.end(worker.process)


def test_run_serves_and_stops_cleanly(tmp_path, unused_port):
    source = str(Path(__file__).resolve().parent.parent / "src")
    environment = {
        **os.environ,
        "KITH_HOME": str(tmp_path),
        "DATABASE_URL": f"sqlite:///{tmp_path}/kith.sqlite3",
        "PYTHONPATH": source,
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "kith", "run", "--json", "--workers", "1", "--port", str(unused_port)],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert process.stdout is not None
    first = process.stdout.readline()
    page = first_answer(f"http://127.0.0.1:{unused_port}/")
    process.send_signal(signal.SIGINT)
    rest, errors = process.communicate(timeout=60)
    assert f'"address": "http://127.0.0.1:{unused_port}/"' in first, errors
    assert "Kith" in page
    assert (rest, process.returncode) == ("", 0)
    assert "Traceback" not in errors


def first_answer(address: str) -> str:
    """The page at an address, asked for until it comes; fails after a minute."""
    for _ in range(120):
        try:
            with urlopen(address) as page:
                return page.read().decode()
        except URLError:
            time.sleep(0.5)
    pytest.fail(f"nothing answered at {address} within a minute")


def test_an_extract_opened_again_in_an_empty_record_rejects_nothing(tmp_path):
    kith("open", a_return(tmp_path / "in"), "--authority", "999")
    told("extract", "--to", tmp_path / "out", "--format", "csv")
    assert (tmp_path / "out" / "ssd_cla_episodes.csv").exists()
    answer = told("open", tmp_path / "out", "--authority", "998")
    assert answer["rejects"] == []
    assert answer["counts"]["rejected"] == 0
    assert answer["counts"]["added"] > 0


def test_the_audit_is_sealed_and_agrees_until_an_entry_is_changed():
    kith("open", SAMPLES / "cin_fake" / "CIN2rows.xml")
    answer = told("audit")
    assert answer["holds"]
    assert answer["entries"] == Entry.objects.count() > 0
    with connection.cursor() as cursor:
        cursor.execute("UPDATE audit_entry SET act = 'nothing_happened'")
    changed = kith("audit", "--json", status=2)
    assert json.loads(changed.stdout)["first_broken"]


def test_an_administrator_lets_a_worker_in_with_role_and_team():
    kith("administrator", "ada@northbrook.example", "Ada Invented")
    added = told(
        *("worker", "bo@northbrook.example", "Bo Invented", "--role", "social_worker"),
        *("--team", "Duty", "--by", "ada@northbrook.example"),
    )
    bo = User.objects.get(email="bo@northbrook.example")
    assert bo.check_password(added["password"])
    assert [held.role for held in bo.roles_held.all()] == ["social_worker"]
    assert [member.team.name for member in bo.memberships.all()] == ["Duty"]


@pytest.mark.parametrize(
    ("role", "by", "words"),
    [
        ("wizard", "ada@northbrook.example", "There is no role wizard"),
        ("analyst", "nobody@northbrook.example", "Nobody signs in as nobody@northbrook.example"),
    ],
)
def test_a_role_or_an_administrator_that_is_not_there_lets_nobody_in(role, by, words):
    kith("administrator", "ada@northbrook.example", "Ada Invented")
    answer = kith("worker", "bo@northbrook.example", "Bo", "--role", role, "--by", by, status=2)
    assert words in answer.output
    assert not User.objects.filter(email="bo@northbrook.example").exists()
