"""The database's own refusal to change or delete an entry or a seal, whoever asks.

`install` is run after every migration, and does nothing the second time; `remove` is its way back.
"""

from django.db.backends.base.base import BaseDatabaseWrapper

UNIQUE = {"audit_entry": ("id", "journal_key"), "audit_seal": ("id", "last_entry")}
TABLES = tuple(UNIQUE)
REFUSAL = "the audit is only ever added to"

FUNCTION = f"""
CREATE OR REPLACE FUNCTION kith_only_added() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$
"""  # the text is ours alone


def install(connection: BaseDatabaseWrapper) -> None:
    """Refuse UPDATE, DELETE (and, on PostgreSQL, TRUNCATE) on the audit's tables from now on."""
    remove(connection)
    with connection.cursor() as cursor:
        for statement in _statements(connection.vendor):
            cursor.execute(statement)


def remove(connection: BaseDatabaseWrapper) -> None:
    """Take the refusal away."""
    with connection.cursor() as cursor:
        for table in TABLES:
            for act in ("update", "delete", "truncate", "replace"):
                on = f" ON {table}" if connection.vendor == "postgresql" else ""
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{act}{on}")


def _statements(vendor: str) -> list[str]:
    if vendor == "postgresql":
        return [
            FUNCTION,
            *(_postgresql(table, act) for table in TABLES for act in ("update", "delete", "truncate")),
        ]
    acts = [_sqlite(table, act) for table in TABLES for act in ("update", "delete")]
    return [*acts, *(_sqlite_replace(table, unique) for table, unique in UNIQUE.items())]


def _postgresql(table: str, act: str) -> str:
    each = "STATEMENT" if act == "truncate" else "ROW"
    return (
        f"CREATE TRIGGER {table}_no_{act} BEFORE {act.upper()} ON {table} "
        f"FOR EACH {each} EXECUTE FUNCTION kith_only_added()"
    )


def _sqlite(table: str, act: str) -> str:
    return (
        f"CREATE TRIGGER {table}_no_{act} BEFORE {act.upper()} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
    )


def _sqlite_replace(table: str, unique: tuple[str, ...]) -> str:
    """SQLite's REPLACE takes a row away without asking the trigger on DELETE."""
    same = " OR ".join(f"{column} = NEW.{column}" for column in unique)
    there_already = f"EXISTS (SELECT 1 FROM {table} WHERE {same})"  # noqa: S608 (the names are ours alone)
    return (
        f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} WHEN {there_already} "
        f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
    )
