"""A dataset: the tables of one authority, each a frame that keeps to its schema."""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Literal

import polars as pl

from kith.dataset.schema import check_schema, columns_of, empty, fill_out, tables


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
    return read_folders([folder])[0]


def read_folders(folders: Sequence[Path]) -> list[Dataset]:
    """The dataset in each folder, as `read_folder`; all Parquet files are read at once."""
    found = [(at, table, folder / table) for at, folder in enumerate(folders) for table in tables()]
    parquet = [(at, table, file) for at, table, path in found if (file := _file(path, "parquet")).is_file()]
    read = pl.collect_all([pl.scan_parquet(path, glob=False) for _, _, path in parquet])
    frames: list[dict[str, pl.DataFrame]] = [{} for _ in folders]
    for (at, table, _), frame in zip(parquet, read, strict=True):
        frames[at][table] = fill_out(table, frame)
    for at, table, path in found:
        if table not in frames[at] and (text := _file(path, "csv")).is_file():
            frames[at][table] = fill_out(table, _read_csv(table, text))
    return [Dataset(each) for each in frames]


def _file(path: Path, ending: str) -> Path:
    return path.with_name(f"{path.name}.{ending}")


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
