"""The tables that migrations make are the tables the models say.

The other tests, and a first start, make their tables out of the models, in a tenth of the time: here they
are compared.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from tables import tables_of

# Run in a process of its own, where the settings know the migrations, and on a database of its own.
READY = """
import json
import django
django.setup()
from django.core.management import call_command
from django.db import connection
from kith.record import tables
from tables import tables_of
def told():
    made = tables_of(connection)
    with connection.cursor() as cursor:
        cursor.execute("SELECT app, name FROM django_migrations ORDER BY app, name")
        done = [list(row) for row in cursor.fetchall()]
        counts = {}
        for name in made:
            cursor.execute(f'SELECT COUNT(*) FROM "{name}"')
            counts[name] = cursor.fetchone()[0]
    return [made, done, counts, tables.are_behind()]
"""
MIGRATED = READY + 'call_command("migrate", verbosity=0)\nprint(json.dumps(told()))'
MADE = "\ntables.make_or_update()\nprint(json.dumps(told()))"
CUT_OFF_AFTER_THE_TABLES = """
with connection.cursor() as cursor:
    cursor.execute("CREATE TABLE somebody_elses (number integer)")
with tables._without_migrations():
    call_command("migrate", run_syncdb=True, verbosity=0)
assert tables.are_behind()
"""
CUT_OFF_WHILE_WRITING_DOWN = """
from django.db.migrations.recorder import MigrationRecorder
record, done = MigrationRecorder.record_applied, []
def cut_off(self, app, name):
    done.append(name)
    if len(done) > 40:
        raise KeyboardInterrupt
    record(self, app, name)
MigrationRecorder.record_applied = cut_off
try:
    tables.make_or_update()
except KeyboardInterrupt:
    MigrationRecorder.record_applied = record
assert len(done) > 40 and tables.are_behind()
"""
STARTED = """
from kith.cli.terminal import start_django
start_django(None)
"""
ONE_BEHIND = """
tables.make_or_update()
call_command("migrate", "drafts", "0001", verbosity=0)
assert tables.are_behind()
"""


@pytest.mark.django_db
def test_no_model_waits_for_a_migration(settings: Any) -> None:
    settings.MIGRATION_MODULES = {}  # the suite runs without them
    said = StringIO()
    try:
        call_command("makemigrations", check=True, dry_run=True, stdout=said)
    except SystemExit:
        pytest.fail(f"Make migrations for:\n{said.getvalue()}")
    assert "No changes detected" in said.getvalue()


@pytest.fixture
def database_beside(tmp_path: Path, db: None) -> Iterator[str]:
    """The address of an empty database beside the suite's own, of the same kind; gone afterwards."""
    if connection.vendor == "sqlite":
        yield f"sqlite:///{tmp_path / 'migrated.sqlite3'}"
        return
    name, to = f"kith_migrated_{os.getpid()}", connection.settings_dict
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{name}"')
    try:
        yield f"postgres://{to['USER']}:{to['PASSWORD']}@{to['HOST']}:{to['PORT']}/{name}"
    finally:
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'DROP DATABASE "{name}"')


def test_migrations_make_the_tables_that_the_suite_runs_on(database_beside: str) -> None:
    migrated, *_ = _told(MIGRATED, database_beside)
    made = json.loads(json.dumps(tables_of(connection)))
    assert len(made) > 100
    assert {name for name in migrated if name != "django_migrations"} == set(made)
    differ = {name: (migrated[name], made[name]) for name in made if migrated[name] != made[name]}
    differ.pop("auth_group_permissions", None)  # its ids are smaller on PostgreSQL; Kith gives nobody a group
    assert differ == {}


def test_an_empty_database_is_made_ready_at_once_with_every_migration_written_down(
    database_beside: str,
) -> None:
    made, done, counts, is_behind = _told(READY + MADE, database_beside)
    assert not is_behind
    assert {name for name in made if name != "django_migrations"} == set(tables_of(connection))
    assert ["people", "0001_initial"] in done
    assert counts["django_migrations"] == len(done) > 90
    assert counts["django_content_type"] > 100


def test_a_start_cut_off_after_the_tables_were_made_is_gone_on_with(database_beside: str) -> None:
    made, done, _, is_behind = _told(READY + CUT_OFF_AFTER_THE_TABLES + MADE, database_beside)
    assert not is_behind
    assert {"somebody_elses", "people_person"} <= set(made)
    assert ["people", "0001_initial"] in done


def test_a_start_cut_off_while_migrations_were_written_down_is_gone_on_with(database_beside: str) -> None:
    made, done, _, is_behind = _told(READY + CUT_OFF_WHILE_WRITING_DOWN + MADE, database_beside)
    assert not is_behind
    assert "people_person" in made
    assert ["people", "0001_initial"] in done


def test_an_earlier_version_is_brought_up_to_date_by_its_migrations(database_beside: str) -> None:
    made, done, _, is_behind = _told(READY + ONE_BEHIND + MADE, database_beside)
    assert not is_behind
    assert "people_person" in made
    assert ["drafts", "0002_forget_links_of_places"] in done


def test_of_first_starts_at_once_one_makes_the_tables_and_the_others_wait(database_beside: str) -> None:
    starts = [_started(STARTED, database_beside) for _ in range(3)]
    said = [start.communicate()[1] for start in starts]
    assert [start.returncode for start in starts] == [0, 0, 0], said
    assert sum("Making the record's tables ready" in each for each in said) == 1
    _, done, _, is_behind = _told(READY + "print(json.dumps(told()))", database_beside)
    assert not is_behind
    assert ["people", "0001_initial"] in done


def _told(code: str, database: str) -> list[Any]:
    start = _started(code, database)
    answer, said = start.communicate()
    assert start.returncode == 0, said
    told: list[Any] = json.loads(answer)
    return told


def _started(code: str, database: str) -> "subprocess.Popen[str]":
    environment = {
        **os.environ,
        "DATABASE_URL": database,
        "PYTHONPATH": os.pathsep.join([str(Path(__file__).parent), *sys.path]),
        "DJANGO_SETTINGS_MODULE": "kith.web.settings",
    }
    pipes: Any = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    return subprocess.Popen([sys.executable, "-c", code], env=environment, **pipes)
