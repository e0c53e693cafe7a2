"""The tables that migrations make are the tables the models say.

The other tests make their tables out of the models, in a seventh of the time: here they are compared.
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
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from tables import tables_of

# Run in a process of its own, where the settings know the migrations, and on a file of its own.
MIGRATED = """
import json
import django
django.setup()
from django.core.management import call_command
from django.db import connection
from tables import tables_of
call_command("migrate", verbosity=0)
print(json.dumps(tables_of(connection)))
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
    migrated = _migrated(database_beside)
    made = json.loads(json.dumps(tables_of(connection)))
    assert len(made) > 100
    assert {name for name in migrated if name != "django_migrations"} == set(made)
    ours = made.keys() & {model._meta.db_table for model in apps.get_models() if _is_ours(model)}
    differ = {name: (migrated[name], made[name]) for name in ours if migrated[name] != made[name]}
    assert differ == {}


def _is_ours(model: type[Any]) -> bool:
    return model.__module__.startswith("kith.")


def _migrated(database: str) -> dict[str, Any]:
    environment = {
        **os.environ,
        "DATABASE_URL": database,
        "PYTHONPATH": os.pathsep.join([str(Path(__file__).parent), *sys.path]),
        "DJANGO_SETTINGS_MODULE": "kith.web.settings",
    }
    done = subprocess.run([sys.executable, "-c", MIGRATED], env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
