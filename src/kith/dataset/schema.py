"""The dataset's tables: which columns each has and of what type, and the check at the door.

The tables are those of the Standard Safeguarding Dataset 1.4.5 (`data/ssd_tables.csv`) and Kith's own
(`data/kith_tables.csv`): tables named `kith_*`, and columns named `kith_*` in tables of the standard.
Source: docs/decisions/0007-the-hall.md.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl

from kith.standards.tables import rows

_DATA = Path(__file__).parent / "data"
TYPES: Mapping[str, pl.DataType] = {
    "text": pl.String(),
    "texts": pl.List(pl.String()),
    "date": pl.Date(),
    "time": pl.Datetime(),
    "integer": pl.Int64(),
    "number": pl.Float64(),
    "flag": pl.Boolean(),
}


class SchemaError(ValueError):
    """A frame does not have the shape its table must have; the message names table and column."""


@dataclass(frozen=True)
class Column:
    """One column of a table: its name, type, meaning in words, key and code list (empty: none)."""

    name: str
    kind: str
    meaning: str
    key: str
    code_list: str

    @property
    def type(self) -> pl.DataType:
        return TYPES[self.kind]

    @property
    def is_key(self) -> bool:
        return "PK" in self.key.split(";")


@cache
def tables() -> Mapping[str, tuple[Column, ...]]:
    """Every table by name, with its columns in the order of the standard, Kith's own last."""
    found: dict[str, list[Column]] = {}
    for name in ("ssd_tables.csv", "kith_tables.csv"):
        for row in rows(_DATA / name):
            column = Column(row["column"], row["type"], row["meaning"], row["key"], row["code_list"])
            found.setdefault(row["table"], []).append(column)
    return {table: tuple(columns) for table, columns in found.items()}


def columns_of(table: str) -> tuple[Column, ...]:
    """The columns of `table`. Raises SchemaError where the dataset has no such table."""
    try:
        return tables()[table]
    except KeyError:
        raise SchemaError(
            f"The dataset has no table named {table!r}. Its tables are in ssd_tables.csv and kith_tables.csv."
        ) from None


def schema_of(table: str) -> dict[str, pl.DataType]:
    """Polars types by column name, in the table's order."""
    return {column.name: column.type for column in columns_of(table)}


def empty(table: str) -> pl.DataFrame:
    """A frame of `table` with all of its columns and no rows."""
    return pl.DataFrame(schema=schema_of(table))


def from_rows(table: str, rows: Iterable[Mapping[str, Any]]) -> pl.DataFrame:
    """A checked frame of `table` from rows; what a row leaves out is null.

    Raises SchemaError for a column the table does not have, or a value that is not of its column's type.
    """
    schema, rows = schema_of(table), list(rows)
    unknown = sorted({name for row in rows for name in row} - set(schema))
    if unknown:
        raise SchemaError(f"{table} has no column {unknown[0]!r}.")
    series = [_column(table, name, kind, [row.get(name) for row in rows]) for name, kind in schema.items()]
    return pl.DataFrame(series)


def _column(table: str, name: str, kind: pl.DataType, values: list[Any]) -> pl.Series:
    try:
        return pl.Series(name, values, dtype=kind, strict=True)
    except (TypeError, pl.exceptions.PolarsError, OverflowError) as error:
        raise SchemaError(f"{table}.{name} must hold {kind}: {error}") from error


def fill_out(table: str, frame: pl.DataFrame) -> pl.DataFrame:
    """`frame` with the columns it lacks added as null, in the table's order, and checked.

    A column of nulls alone takes its table's type: a file cannot tell what an empty column holds.
    """
    schema, given = schema_of(table), frame.schema
    if list(given.items()) == list(schema.items()):
        return frame
    nulls = [
        pl.lit(None, dtype=kind).alias(name)
        for name, kind in schema.items()
        if name not in given or given[name] == pl.Null
    ]
    filled = frame.with_columns(nulls)
    extra = [name for name in filled.columns if name not in schema]
    return check_schema(table, filled.select([*schema, *extra]))


def check_schema(table: str, frame: pl.DataFrame) -> pl.DataFrame:
    """`frame` itself, where it has exactly the columns and types of `table`.

    Raises SchemaError naming the table and the first column that is missing, unknown or of another type.
    """
    schema, given = schema_of(table), frame.schema
    for name in given:
        if name not in schema:
            raise SchemaError(f"{table} has no column {name!r}. Take it out, or give it the standard's name.")
    for name, kind in schema.items():
        if name not in given:
            raise SchemaError(f"{table}.{name} is missing. Add the column; it may be empty.")
        if given[name] != kind:
            raise SchemaError(f"{table}.{name} holds {given[name]}; it must hold {kind}.")
    return frame
