"""Imports asked for on the page: stored, keyed, run once, and told in plain words."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import timezone

from kith.record.access.models import Message
from kith.record.audit.models import Batch, Entry
from kith.record.importer import jobs, queries
from kith.record.importer.alive import sign_of_life
from kith.record.importer.jobs import receive, request_undo, run_import, safe_name, start, throw_away
from kith.record.importer.lock import only_one
from kith.record.importer.models import ImportJob
from kith.record.importer.services import undo
from kith.record.importer.tests.made import AUTHORITY, EPISODES, HEADER, episode, header, worker
from kith.record.people.models import Role
from kith.record.people.permissions import NotAllowed
from kith.record.refusals import NotPossible

pytestmark = pytest.mark.django_db
STATE = ImportJob.State


def files(*episodes: str):
    rows = "\n".join([EPISODES, *(episodes or (episode("C1", "01/05/2018"),)), ""])
    people = "\n".join([HEADER, header("C1"), ""])
    return [
        ("2019/header.csv", [people.encode()]),
        ("2019/episodes.csv", [rows[:20].encode(), rows[20:].encode()]),
    ]


def ask(user, these=None, **options):
    asked = {"by": user, "authority": AUTHORITY, "year": 2019}
    job = receive(files() if these is None else these, **{**asked, **options})
    jobs.describe(job, "Our 2019 return")
    return start(job, by=user)


@pytest.fixture
def analyst():
    return worker(Role.ANALYST)


def test_files_that_were_sent_are_stored_and_taken_in(analyst):
    job = ask(analyst)
    assert (job.state, job.message) == (
        STATE.DONE,
        "2 rows read: 2 added, 0 continued, 0 corrected, 0 unchanged, 0 rejected.",
    )
    assert Path(job.folder).is_relative_to(settings.HOME)
    assert queries.counts_of(job.batch).added == 2
    assert "Our 2019 return" in Message.objects.get(to=analyst).text


def test_the_same_files_are_one_job_and_run_once(analyst):
    first = ask(analyst)
    assert ask(analyst).pk == first.pk
    assert Batch.objects.count() == 1
    run_import.call(first.pk)
    assert Batch.objects.count() == 1


def test_an_undone_import_can_be_asked_for_again(analyst):
    undo(ask(analyst).batch, by=analyst, reason="Too soon")
    again = ask(analyst)
    assert (again.state, queries.counts_of(again.batch).added) == (STATE.DONE, 2)


def test_a_job_that_was_killed_runs_again_when_asked_for(analyst):
    job = ask(analyst)
    undo(job.batch, by=analyst, reason="As if it had never ended")
    ImportJob.objects.update(state=STATE.RUNNING, batch=None)
    with sign_of_life(job.pk):
        assert ask(analyst).state == STATE.RUNNING  # somebody is reading its files
    assert jobs.was_stopped(ImportJob.objects.get())  # at once: nobody has to wait
    assert ask(analyst).state == STATE.DONE


def test_rejects_show_in_how_a_job_ended(analyst):
    job = ask(analyst, files(episode("C1", "01/05/2018"), episode("C2", "31/31/2018")))
    assert job.state == STATE.DONE_WITH_REJECTS
    assert [reject.line for reject in queries.rejects_of(job.batch)] == [3]


def test_files_that_nobody_can_read_fail_with_what_to_do(analyst):
    job = ask(analyst, [("holiday.jpg", [b"\xff\xd8\xff\xe0 not a return"])])
    assert job.state == STATE.FAILED
    assert job.message
    assert not Batch.objects.exists()


def test_a_fault_is_told_and_kept_for_whoever_looks_after_kith(analyst, monkeypatch):
    def fault(*_, **__):
        raise ZeroDivisionError

    monkeypatch.setattr(jobs, "import_returns", fault)
    job = ask(analyst)
    assert (job.state, job.message) == (STATE.FAILED, jobs.FAULT)
    monkeypatch.undo()
    assert ask(analyst).state == STATE.DONE


def test_progress_can_be_watched(analyst, monkeypatch):
    stages = []
    read = jobs.import_returns

    def watched(*args, progress, **options):
        def both(stage, done, of):
            progress(stage, done, of)
            stages.append(ImportJob.objects.get().stage)

        return read(*args, progress=both, **options)

    monkeypatch.setattr(jobs, "import_returns", watched)
    ask(analyst)
    assert stages[0] == "Reading rows"
    assert stages[-1] == "Writing"


def test_received_files_are_not_taken_in_until_somebody_says_so(analyst):
    job = receive(files(), by=analyst, authority=AUTHORITY, year=2019)
    assert job.state == STATE.RECEIVED
    assert len(list(Path(job.folder).rglob("*.csv"))) == 2
    assert not Batch.objects.exists()
    assert receive(files(), by=analyst, authority=AUTHORITY, year=2019).pk == job.pk
    assert start(job, by=analyst).state == STATE.DONE
    assert not Path(job.folder).exists()  # its rows are in the record now


def test_received_files_can_be_thrown_away(analyst):
    job = receive(files(), by=analyst, authority=AUTHORITY)
    throw_away(job, by=analyst)
    assert not ImportJob.objects.exists()
    assert not Path(job.folder).exists()
    received, thrown = Entry.objects.order_by("id")
    assert (received.act, received.actor_id, received.about["files"]) == ("files_received", analyst.pk, 2)
    assert (thrown.act, thrown.actor_id) == ("files_thrown_away", analyst.pk)
    assert received.about["key"] == thrown.about["key"]


def test_files_that_nobody_brought_in_are_not_kept_for_long(analyst):
    old = receive(files(), by=analyst, authority=AUTHORITY)
    ImportJob.objects.update(asked_at=timezone.now() - jobs.KEPT_FOR - timedelta(hours=1))
    new = receive(files(), by=analyst, authority="998")
    assert list(ImportJob.objects.all()) == [new]
    assert Entry.objects.get(act="files_no_longer_kept").actor_id is None
    assert not Path(old.folder).exists()
    assert Path(new.folder).exists()


def test_what_is_in_the_record_is_undone_and_not_thrown_away(analyst):
    with pytest.raises(NotPossible, match="undo it"):
        throw_away(ask(analyst), by=analyst)


def test_an_undo_runs_behind_the_page_and_once(analyst):
    batch = ask(analyst).batch
    job = request_undo(batch, by=analyst, reason="The wrong year")
    batch.refresh_from_db()
    assert job.state == STATE.DONE
    assert batch.undone_at
    assert "2 rows no longer count" in job.message
    with pytest.raises(NotPossible, match="undone already"):
        request_undo(batch, by=analyst, reason="Again")


def test_an_undo_needs_a_reason_and_the_power(analyst):
    batch = ask(analyst).batch
    with pytest.raises(NotPossible, match="reason"):
        request_undo(batch, by=analyst, reason=" ")
    with pytest.raises(NotAllowed):
        request_undo(batch, by=worker(Role.SOCIAL_WORKER, email="sw@northbrook.example"), reason="No")


def test_two_imports_at_once_are_told_kindly_and_the_second_can_be_tried_again(analyst):
    with only_one("another analyst’s files"):
        job = ask(analyst)
    assert job.state == STATE.FAILED
    assert "Another import is at work: another analyst’s files" in job.message
    assert start(job, by=analyst).state == STATE.DONE


def test_who_may_ask_and_nothing_is_no_import():
    with pytest.raises(NotAllowed):
        ask(worker(Role.SOCIAL_WORKER))
    with pytest.raises(NotPossible, match="No file was sent"):
        ask(worker(Role.ANALYST, email="other@northbrook.example"), [])


@pytest.mark.parametrize(
    ("sent", "stored"),
    [
        ("2019/episodes.csv", "2019/episodes.csv"),
        ("../../etc/passwd", "etc/passwd"),
        ("C:\\Users\\me\\episodes.csv", "C_/Users/me/episodes.csv"),
        ("/etc/passwd", "etc/passwd"),
        ("..", "file"),
        ("a\x00b<c>.csv", "a_b_c_.csv"),
        ("x" * 300 + ".csv", "x" * 96 + ".csv"),
    ],
)
def test_a_name_never_leads_out_of_its_folder(sent, stored):
    assert str(safe_name(sent)) == stored


def test_a_long_name_in_any_script_can_be_stored():
    assert len(safe_name("年" * 200 + ".csv").name.encode()) < 200
    assert safe_name("年" * 200 + ".csv").name.endswith(".csv")


@pytest.mark.parametrize(
    "names",
    [
        ["a.csv", "a.csv/b.csv"],
        ["a.csv/b.csv", "a.csv"],
        ["3-a.csv", "a.csv", "a.csv"],
        ["a.csv", "a.csv/a.csv", "2-a.csv", "a.csv"],
    ],
)
def test_no_file_covers_or_bars_another(analyst, names):
    sent = [(name, [str(number).encode()]) for number, name in enumerate(names)]
    job = receive(sent, by=analyst, authority=AUTHORITY)
    stored = [file.read_text() for file in Path(job.folder).rglob("*") if file.is_file()]
    assert sorted(stored) == [str(number) for number in range(len(names))]
