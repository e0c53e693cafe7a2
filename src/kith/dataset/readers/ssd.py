"""Reads an extract in the Standard Safeguarding Dataset's shape: a folder or zip of CSVs or Parquet.

Kith's own folders (`kith.dataset.dataset.write_folder`) read back equal; a vendor system's may lack
columns, hold others, or hold rows that cannot be typed, and then say so and lose nothing in silence.
"""

import io
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

import polars as pl

from kith.dataset.dataset import Dataset
from kith.dataset.formats import Column, ColumnType
from kith.dataset.readers.cells import typed
from kith.dataset.readers.csv_rows import decoded, split_headings_off, split_rows
from kith.dataset.readers.files import CannotRead, Given, Limits, given_files, sha256_of
from kith.dataset.returns import LINE_COLUMN, ReadFile, Reject
from kith.dataset.schema import SchemaError, columns_of, fill_out, schema_of, tables

_TYPES: Mapping[str, ColumnType] = {
    "text": "plain_text",
    "texts": "texts",
    "date": "date",
    "time": "time",
    "integer": "integer",
    "number": "number",
    "flag": "flag",
}
_COLUMNS_NAMED = 8


@dataclass(frozen=True)
class ReadSsd:
    """An extract as read: the dataset, the files it came from, and every row or file left out."""

    dataset: Dataset
    files: tuple[ReadFile, ...]
    rejects: tuple[Reject, ...]


def read_ssd(path: Path | str, *, limits: Limits | None = None) -> ReadSsd:
    """The dataset at `path`, each file a table by its name (`ssd_person.csv`, `dbo.ssd_person.parquet`).

    Dates are YYYY-MM-DD, midnight after them or not. A column that the table lacks is passed over and
    one that the file lacks is blank; the file's note names both. Files of other names are left alone.
    Raises CannotRead where no file could be read as a table.
    """
    frames: dict[str, list[pl.DataFrame]] = {}
    files: list[ReadFile] = []
    rejects: list[Reject] = []
    for given in given_files(Path(path), limits or Limits()):
        table = table_named(given.name)
        if table is None:
            continue
        try:
            frame, file, rejected = _read(given, table)
        except CannotRead as fault:
            rejects.append(Reject(given.name, None, None, str(fault)))
        else:
            frames.setdefault(table, []).append(frame)
            files.append(file)
            rejects.extend(rejected)
    if not files:
        raise CannotRead(_nothing_read(Path(path), rejects))
    dataset = Dataset({table: pl.concat(parts) for table, parts in frames.items()})
    return ReadSsd(dataset, tuple(files), tuple(rejects))


def table_named(name: str) -> str | None:
    """The table that a file's name names, whatever its case or database prefix; None where there is none."""
    path = PurePosixPath(name.lower())
    if path.suffix not in (".csv", ".parquet"):
        return None
    table = path.stem.rpartition(".")[2]
    return table if table in tables() else None


def _read(given: Given, table: str) -> tuple[pl.DataFrame, ReadFile, tuple[Reject, ...]]:
    data = given.read()
    read = _parquet(table, data) if given.suffix == ".parquet" else _csv(given.name, table, data)
    frame, note, rejects = read
    rows = frame.height + len(rejects)
    return frame, ReadFile(given.name, sha256_of(data), table, rows, note), rejects


_Read = tuple[pl.DataFrame, str, tuple[Reject, ...]]


def _parquet(table: str, data: bytes) -> _Read:
    try:
        return fill_out(table, pl.read_parquet(io.BytesIO(data))), "", ()
    except SchemaError as fault:
        raise CannotRead(str(fault)) from fault
    except (pl.exceptions.PolarsError, OSError) as fault:
        raise CannotRead(
            "The Parquet file is damaged. Write it again from the system it came from."
        ) from fault


def _csv(name: str, table: str, data: bytes) -> _Read:
    text, note = decoded(data)
    upper, lines, first_line = split_headings_off(text)
    headings = tuple(heading.lower() for heading in upper)
    known = _known_columns(table, headings)
    raw, broken = split_rows(lines, first_line, headings, name)
    result = typed(raw, known, file=name, child="", dates="YYYY-MM-DD")
    rejects = tuple(sorted((*broken, *result.rejects), key=lambda reject: reject.line or 0))
    flags = [pl.col(column.name).cast(pl.Boolean) for column in known if column.type == "flag"]
    frame = result.frame.drop(LINE_COLUMN, *(set(headings) - set(schema_of(table)))).with_columns(flags)
    return fill_out(table, frame), " ".join(filter(None, (note, _note(table, headings)))), rejects


def _known_columns(table: str, headings: tuple[str, ...]) -> list[Column]:
    doubled = sorted({heading for heading in headings if headings.count(heading) > 1})
    if doubled:
        raise CannotRead(
            f"The heading {doubled[0]} stands over more than one column. Take the extra one out."
        )
    known = [
        Column(column.name, _TYPES[column.kind], column.code_list, column.name)
        for column in columns_of(table)
        if column.name in headings
    ]
    if not known:
        raise CannotRead(f"None of the headings is a column of {table}. Check that it is the right file.")
    return known


def _note(table: str, headings: tuple[str, ...]) -> str:
    asked = [column.name for column in columns_of(table) if not column.name.startswith("kith_")]
    extra = [heading for heading in headings if heading not in schema_of(table)]
    missing = [name for name in asked if name not in headings]
    parts = []
    if extra:
        parts.append(f"Columns that {table} does not have were passed over: {_named(extra)}.")
    if missing:
        parts.append(f"Columns that the file does not have are blank: {_named(missing)}.")
    return " ".join(parts)


def _named(columns: list[str]) -> str:
    more = f" and {len(columns) - _COLUMNS_NAMED} more" if len(columns) > _COLUMNS_NAMED else ""
    return ", ".join(columns[:_COLUMNS_NAMED]) + more


def _nothing_read(path: Path, rejects: list[Reject]) -> str:
    if not rejects:
        return (
            f"No file in {path.name} is named after a table of the Standard Safeguarding Dataset, such as "
            "ssd_person.csv. Give the folder that holds them."
        )
    reasons = "\n".join(f"- {reject.file}: {reject.reason}" for reject in rejects)
    return f"None of the tables in {path.name} could be read.\n{reasons}"
