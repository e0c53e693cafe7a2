"""Signs of life: kept by one, and gone at once when whoever keeps one is killed."""

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.db import connection

from kith.record.importer import alive
from kith.record.importer.alive import IMPORT, Taken, is_alive, sign_of_life

pytestmark = pytest.mark.django_db
JOB = 41
KEEPER = """
import sys, time
from pathlib import Path
from kith.record.importer import alive
kept = alive._locked(Path(sys.argv[1]))
print("kept", flush=True)
time.sleep(60)
"""


def test_a_sign_is_kept_by_one_and_given_up_at_the_end():
    assert not is_alive(JOB)
    with sign_of_life(JOB) as still_there:
        assert is_alive(JOB) and still_there()
        with pytest.raises(Taken), sign_of_life(JOB):
            pass
    assert not is_alive(JOB)


def test_two_signs_are_kept_beside_each_other():
    with sign_of_life(JOB), sign_of_life(IMPORT):
        assert is_alive(JOB) and is_alive(IMPORT)
    assert not is_alive(IMPORT)


def test_a_sign_is_given_up_when_the_work_fails():
    with pytest.raises(ZeroDivisionError), sign_of_life(JOB):
        raise ZeroDivisionError
    assert not is_alive(JOB)


@pytest.fixture
def beside(tmp_path, monkeypatch):
    """A file beside a database that is a file, as an installation on one machine has it."""
    if connection.vendor != "sqlite":
        pytest.skip("NOT RUN: a lock on a file is for SQLite; PostgreSQL has its own")
    monkeypatch.setattr(alive, "_place", lambda number: tmp_path / f"kith.at-work-{number}")
    return tmp_path / f"kith.at-work-{JOB}"


def test_beside_a_file_a_sign_is_kept_by_one_and_leaves_nothing(beside, monkeypatch):
    monkeypatch.setattr(alive, "TRIES", 2)
    with sign_of_life(JOB):
        assert is_alive(JOB) and beside.exists()
        with pytest.raises(Taken), sign_of_life(JOB):
            pass
    assert not is_alive(JOB) and not beside.exists()


def test_killing_the_keeper_frees_the_sign_at_once(beside, monkeypatch):
    monkeypatch.setattr(alive, "TRIES", 2)
    source = str(Path(alive.__file__).parents[3])
    keeper = subprocess.Popen(
        [sys.executable, "-c", KEEPER, str(beside)],
        stdout=subprocess.PIPE,
        text=True,
        env={"PYTHONPATH": source},
    )
    try:
        assert keeper.stdout.readline() == "kept\n"
        assert is_alive(JOB)
        with pytest.raises(Taken), sign_of_life(JOB):
            pass
    finally:
        keeper.send_signal(signal.SIGKILL)
        keeper.wait()
    killed_at = time.monotonic()
    assert not is_alive(JOB)
    with sign_of_life(JOB):
        assert time.monotonic() - killed_at < 1
