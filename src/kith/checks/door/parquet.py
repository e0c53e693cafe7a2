"""Parquet tables of a return at the door: one file a table, named for it, columns as text or typed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePosixPath

import polars as pl

from kith.dataset import schema
from kith.dataset.formats import Column, Table, tables_903, tables_cin
from kith.dataset.readers.cin_xml import CHILD, HEADER, RUNNING_NUMBERS
from kith.dataset.readers.files import CannotRead, Given
from kith.dataset.returns import LINE_COLUMN, Kind

SUFFIX = ".parquet"
_MOST_ROWS = 50_000_000
_CELLS_OF_ANY_FILE = 1_000_000
_CELLS_A_BYTE = 20  # repeats take no room in Parquet: a file of 70 kB can hold 40 million rows
_TEXT_A_BYTE = 200  # as in a zip
_HARMFUL = "The Parquet file unpacks to far more than it holds, as a harmful file's would. It was not read."
_KEYS: Mapping[Kind, tuple[str, ...]] = {"903": (), "cin": (CHILD, *RUNNING_NUMBERS.values())}
_NO_TABLE: tuple[Kind, Table] = ("903", Table("", ()))
Tables = dict[str, pl.DataFrame]


@dataclass(frozen=True)
class ParquetTable:
    """A Parquet file as its name and columns tell it: which table of which return, and of which group.

    `group` is the folder it lies in: all tables in it are of one return.
    """

    kind: Kind
    table: Table
    group: str


@dataclass(frozen=True)
class _Cells:
    """A column of the file, by its name there; `column` is its form, None for an id that the reader adds."""

    name: str
    column: Column | None


def is_of_the_dataset(given: Given) -> bool:
    """Whether it is a table of the dataset (`ssd_person`), which no return holds and no rule speaks of."""
    return PurePosixPath(given.name).stem in schema.tables()


def parquet_table(given: Given, names: Sequence[str]) -> ParquetTable:
    """The table that the file `given`, with columns `names`, is. Raises CannotRead where it is no return's.

    Where both returns have a table of that name (Header, Reviews) its columns tell which it is.
    """
    path = PurePosixPath(given.name)
    named = _tables_called(path.stem)
    kind, table = max(named, key=lambda one: len(_columns_of(one[0], one[1], names)), default=_NO_TABLE)
    if not _columns_of(kind, table, names):
        raise CannotRead(
            f"No table of the SSDA903 or the CIN census is called {path.stem} and has its columns. Name each "
            "Parquet file for its table, such as Episodes.parquet."
        )
    folder = "" if path.parent == PurePosixPath(".") else path.parent.as_posix()
    return ParquetTable(kind, table, folder)


def read_parquet(given: Given) -> tuple[ParquetTable, Tables]:
    """What table the file is, and its rows: days where the return has dates, all else as text.

    Columns that the table has not are left out. `_line` is the row, counted from 1. Raises CannotRead.
    """
    data = given.read()
    try:
        scan = pl.scan_parquet(BytesIO(data))
        names = scan.collect_schema()
        found = parquet_table(given, names.names())
        columns = _columns_of(found.kind, found.table, names.names())
        _refuse_too_many(scan, len(columns), len(data))
        frame = scan.select(
            _as_sent(cells, names[cells.name]).alias(name) for name, cells in columns.items()
        ).collect()
    except pl.exceptions.PolarsError as fault:
        first = (str(fault).strip().splitlines() or [type(fault).__name__])[0]
        raise CannotRead(
            f"The Parquet file could not be read ({first}). Write it again, with each cell a text, a number "
            "or a date."
        ) from fault
    _refuse_too_much_text(frame, len(data))
    lines = pl.int_range(1, frame.height + 1, dtype=pl.Int64, eager=True).alias(LINE_COLUMN)
    return found, {found.table.name: frame.with_columns(lines)}


def _tables_called(name: str) -> tuple[tuple[Kind, Table], ...]:
    """The tables of that name, or whose CSV file is usually called so, without case and marks."""
    every: Mapping[Kind, Mapping[str, Table]] = {"903": tables_903(), "cin": tables_cin()}
    return tuple(
        (kind, table)
        for kind, tables in every.items()
        for table in tables.values()
        if _bare(name) in (_bare(table.name), _bare(table.file))
    )


def _bare(name: str) -> str:
    return name.lower().replace("_", "").replace("-", "").replace(" ", "")


def _columns_of(kind: Kind, table: Table, names: Sequence[str]) -> dict[str, _Cells]:
    """Those of the file's columns that the table has, by their name in the return."""
    columns: dict[str, Column | None] = {column.name: column for column in table.columns}
    if table.name != HEADER:
        columns |= {name: columns.get(name) for name in _KEYS[kind]}
    told = {name.upper(): name for name in columns}
    found: dict[str, _Cells] = {}
    for name in names:
        if own := told.get(name.upper()):
            found.setdefault(own, _Cells(name, columns[own]))
    return found


def _as_sent(cells: _Cells, kind: pl.DataType) -> pl.Expr:
    """A cell as the return would send it; a day stays a day where the return has one."""
    cell, column = pl.col(cells.name), cells.column
    if isinstance(kind, pl.Date | pl.Datetime):
        is_day = column is not None and column.type == "date"
        return cell.cast(pl.Date) if is_day else cell.cast(pl.Date).cast(pl.String)
    if kind == pl.Boolean:
        return cell.cast(pl.Int8).cast(pl.String)
    if kind.is_float():  # what had blanks in it was often made a fraction: 1.0 is sent as 1
        return cell.cast(pl.String).str.replace(r"\.0$", "")
    return cell.cast(pl.String)


def _refuse_too_many(scan: pl.LazyFrame, columns: int, size: int) -> None:
    count = scan.select(pl.len()).collect().item()
    if count > _MOST_ROWS:
        raise CannotRead(
            f"The table holds {count:,} rows, more than the {_MOST_ROWS:,} that are read at once. Give one "
            "authority's return for one year."
        )
    if count * columns > max(_CELLS_OF_ANY_FILE, _CELLS_A_BYTE * size):
        raise CannotRead(_HARMFUL)


def _refuse_too_much_text(frame: pl.DataFrame, size: int) -> None:
    """Raise CannotRead where the texts, which repeat each other in the file, are far longer than the file."""
    texts = frame.select(pl.col(pl.String).str.len_bytes().cast(pl.Int64).sum())
    if texts.width and sum(texts.row(0)) > _TEXT_A_BYTE * max(size, _CELLS_OF_ANY_FILE):
        raise CannotRead(_HARMFUL)
