"""Makes the record's tables in an empty database, and brings those of an earlier version up to date."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder


def are_behind() -> bool:
    """Whether the database lacks a migration; asking is much quicker than a migration of nothing."""
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def make_or_update() -> None:
    """Give the database every table as this version needs it.

    In a database without any of them they are made out of the models at once, and every migration is written
    down as done: to go through the migrations one by one comes to the same tables in ten times the time.
    Tables are made all or none, and migrations written down all or none, so that a start that was cut off is
    gone on with.
    """
    recorder = MigrationRecorder(connection)
    if not recorder.applied_migrations():
        held = _held()
        if not held:
            with _without_migrations():
                call_command("migrate", run_syncdb=True, verbosity=0, interactive=False)
        if not held or held == _ours():
            recorder.ensure_schema()  # its own table is made outside the transaction: SQLite asks for that
            with transaction.atomic():
                call_command("migrate", fake=True, verbosity=0, interactive=False)
            return
    call_command("migrate", verbosity=0, interactive=False)


def _ours() -> set[str]:
    """The names of the tables that this version's models have."""
    return {
        model._meta.db_table for model in apps.get_models(include_auto_created=True) if model._meta.managed
    }


def _held() -> set[str]:
    """Those of them that the database holds."""
    return _ours() & set(connection.introspection.table_names())


@contextmanager
def _without_migrations() -> Iterator[None]:
    """Meanwhile no app has migrations, and so its tables are made out of its models."""
    known: Any = settings.MIGRATION_MODULES
    settings.MIGRATION_MODULES = {app.label: None for app in apps.get_app_configs()}
    try:
        yield
    finally:
        settings.MIGRATION_MODULES = known
