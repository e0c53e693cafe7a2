"""What tables a database has: their columns, and what is held of them."""

from typing import Any


def tables_of(connection: Any) -> dict[str, list[list[Any]]]:
    """{table: its columns and constraints, sorted}; names of constraints are left aside."""
    with connection.cursor() as cursor:
        names = connection.introspection.table_names(cursor)
        return {name: _table(connection, cursor, name) for name in sorted(names)}


def _table(connection: Any, cursor: Any, name: str) -> list[list[Any]]:
    introspection = connection.introspection
    columns = [
        ["column", column.name, str(column.type_code), column.null_ok, getattr(column, "pk", None)]
        for column in introspection.get_table_description(cursor, name)
    ]
    held = [
        ["held", each["columns"], each["primary_key"], each["unique"], each["foreign_key"], each["check"]]
        for each in introspection.get_constraints(cursor, name).values()
    ]
    checks = _checks(cursor, name) if connection.vendor == "sqlite" else _definitions(cursor, name)
    return sorted([*columns, *held, *checks], key=str)


def _checks(cursor: Any, name: str) -> list[list[Any]]:
    cursor.execute("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = %s", [name])
    text = cursor.fetchone()[0]
    return [["check", each] for each in _bracketed_after(text, "CHECK ")]


def _definitions(cursor: Any, name: str) -> list[list[Any]]:
    """Every constraint and index of a PostgreSQL table, in its own words but for its name."""
    cursor.execute(
        "SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid = %s::regclass"
        " UNION ALL SELECT regexp_replace(pg_get_indexdef(indexrelid), 'INDEX .* ON', 'INDEX ON')"
        " FROM pg_index WHERE indrelid = %s::regclass",
        [name, name],
    )
    return [["defined", text] for (text,) in cursor.fetchall()]


def _bracketed_after(text: str, word: str) -> list[str]:
    """The bracketed text after each such word, to the bracket that closes it."""
    found = []
    for start in (at + len(word) for at in range(len(text)) if text.startswith(word, at)):
        depth, end = 0, start
        while end == start or depth:
            depth += {"(": 1, ")": -1}.get(text[end], 0)
            end += 1
        found.append(text[start:end])
    return found
