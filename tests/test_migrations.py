"""The tables that migrations make are the tables the models say.

The other tests make their tables out of the models, in a seventh of the time: here they are compared.
"""

import json
import os
import subprocess
import sys
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
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


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "sqlite", reason="compared on SQLite, which remakes tables")
def test_migrations_make_the_tables_that_the_suite_runs_on(tmp_path: Path) -> None:
    migrated = _migrated(tmp_path)
    made = json.loads(json.dumps(tables_of(connection)))
    assert len(made) > 100
    assert {name for name in migrated if name != "django_migrations"} == set(made)
    differ = {name: (migrated[name], made[name]) for name in made if migrated[name] != made[name]}
    assert differ == {}


def _migrated(place: Path) -> dict[str, Any]:
    environment = {
        **os.environ,
        "DATABASE_URL": f"sqlite:///{place / 'migrated.sqlite3'}",
        "PYTHONPATH": os.pathsep.join([str(Path(__file__).parent), *sys.path]),
        "DJANGO_SETTINGS_MODULE": "kith.web.settings",
    }
    done = subprocess.run([sys.executable, "-c", MIGRATED], env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
