"""A dataset: the tables of one authority, each a frame that keeps to its schema."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Literal

import polars as pl

from kith.dataset.schema import check_schema, columns_of, empty, fill_out, schema_of, tables


class Dataset(Mapping[str, pl.DataFrame]):
    """Tables by name. A table that was not given is there, and empty.

    Every frame is checked as it comes in (SchemaError), so who reads a dataset need not check again.
    """

    def __init__(self, frames: Mapping[str, pl.DataFrame] | None = None) -> None:
        given = frames or {}
        self._frames = {table: check_schema(table, frame) for table, frame in given.items()}

    def __getitem__(self, table: str) -> pl.DataFrame:
        if table not in self._frames:
            self._frames[table] = empty(table)
        return self._frames[table]

    def __iter__(self) -> Iterator[str]:
        return iter(tables())

    def __len__(self) -> int:
        return len(tables())

    def __contains__(self, table: object) -> bool:
        return table in tables()

    def filled(self) -> list[str]:
        """Names of the tables that hold a row, in the standard's order."""
        return [table for table in self if table in self._frames and self._frames[table].height]

    def with_tables(self, frames: Mapping[str, pl.DataFrame]) -> "Dataset":
        """The same dataset with these tables in place of its own."""
        return Dataset({**self._frames, **frames})

    def __repr__(self) -> str:
        return f"Dataset({', '.join(f'{table}: {self[table].height}' for table in self.filled())})"


def write_folder(dataset: Dataset, folder: Path, form: Literal["parquet", "csv"] = "parquet") -> list[Path]:
    """Write each table that holds a row into `folder`, and return the files written.

    CSV cannot hold lists, so they are written as JSON text; flags are true and false, dates YYYY-MM-DD.
    Text is written as it is, for programs to read back: a spreadsheet may take a cell that begins with = for
    a formula.
    """
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for table in dataset.filled():
        path = folder / f"{table}.{form}"
        if form == "parquet":
            dataset[table].write_parquet(path)
        else:
            _lists_as_json(table, dataset[table]).write_csv(path)
        written.append(path)
    return written


def read_folder(folder: Path) -> Dataset:
    """The dataset in `folder`, as `write_folder` wrote it, Parquet or CSV.

    A file whose name is no table's is left alone; a table in both forms is read as Parquet.
    Raises SchemaError where a file does not have its table's shape.
    """
    return read_folders([folder], lambda _, rows: rows)


def read_folders(folders: Sequence[Path], as_one: Callable[[str, pl.LazyFrame], pl.LazyFrame]) -> Dataset:
    """The tables of all folders as one dataset: `as_one` makes each out of its name and its rows in all of
    them, in the folders' order. The files are as for `read_folder`, and all are read at once.
    """
    found = {table: [file for folder in folders for file in _files(folder, table)] for table in tables()}
    laid = {table: as_one(table, _scan(table, files)) for table, files in found.items() if files}
    try:
        return Dataset(dict(zip(laid, pl.collect_all(list(laid.values())), strict=True)))
    except pl.exceptions.SchemaError:
        for table in laid:  # it does not say which table
            for file in found[table]:
                fill_out(table, _read(table, file))
        raise


def _files(folder: Path, table: str) -> list[Path]:
    """The table's file in a folder, or none."""
    either = (folder / f"{table}.{ending}" for ending in ("parquet", "csv"))
    return [file for file in either if file.is_file()][:1]


def _scan(table: str, files: list[Path]) -> pl.LazyFrame:
    if all(file.suffix == ".parquet" for file in files):
        return pl.scan_parquet(files, glob=False, schema=schema_of(table), missing_columns="insert")
    return pl.concat([fill_out(table, _read(table, file)) for file in files]).lazy()


def _read(table: str, file: Path) -> pl.DataFrame:
    return _read_csv(table, file) if file.suffix == ".csv" else pl.read_parquet(file, glob=False)


def _lists_as_json(table: str, frame: pl.DataFrame) -> pl.DataFrame:
    lists = [column.name for column in columns_of(table) if column.kind == "texts"]
    return frame.with_columns(
        pl.Series(
            name, [None if row is None else json.dumps(list(row)) for row in frame[name]], dtype=pl.String
        )
        for name in lists
    )


def _read_csv(table: str, path: Path) -> pl.DataFrame:
    kinds = {column.name: column for column in columns_of(table)}
    frame = pl.read_csv(path, infer_schema=False)
    typed = []
    for name in frame.columns:
        column = kinds.get(name)
        if column is None or column.kind == "text":
            typed.append(pl.col(name))
        elif column.kind == "texts":
            typed.append(pl.col(name).str.json_decode(pl.List(pl.String())))
        elif column.kind == "date":
            typed.append(pl.col(name).str.to_date("%Y-%m-%d"))
        elif column.kind == "time":
            typed.append(pl.col(name).str.to_datetime())
        elif column.kind == "flag":
            typed.append(pl.col(name) == "true")
        else:
            typed.append(pl.col(name).cast(column.type))
    return frame.with_columns(typed)
