"""Adding many rows at once by each database's own quickest way; several times as fast as one by one."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.db import connection, models

AS_THEY_ARE = (
    models.CharField,
    models.TextField,
    models.IntegerField,
    models.BooleanField,
    models.ForeignKey,
)


def insert(model: type[models.Model], rows: Iterable[models.Model]) -> int:
    """Add these new rows, and return how many. Their ids are not read back, and no signal is sent."""
    rows = list(rows)
    fields = [
        field
        for field in model._meta.local_concrete_fields
        if not (isinstance(field, models.AutoField) and field.primary_key)
    ]
    columns = [connection.ops.quote_name(str(field.column)) for field in fields]
    readers = [_reader(field) for field in fields]
    values: Any = ([read(row) for read in readers] for row in rows)
    table = connection.ops.quote_name(model._meta.db_table)
    if not rows:
        return 0
    if connection.vendor == "postgresql":
        _copy(table, columns, values)
    else:
        places = ", ".join(["%s"] * len(columns))
        names = ", ".join(columns)
        with connection.cursor() as cursor:
            cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({places})", values)  # noqa: S608
    return len(rows)


def _copy(table: str, columns: Sequence[str], values: Iterable[list[Any]]) -> None:
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN") as copy,
    ):
        for row in values:
            copy.write_row(row)


def _reader(field: Any) -> Callable[[models.Model], Any]:
    """How to read the field of a row as its database wants it."""
    name = field.attname
    is_plain = type(field).pre_save is models.Field.pre_save
    if is_plain and isinstance(field, AS_THEY_ARE):
        return lambda row: getattr(row, name)
    return lambda row: field.get_db_prep_save(field.pre_save(row, True), connection)
