"""Writes an SSDA903 return as its CSV files, one for each table."""

from pathlib import Path

import polars as pl

from kith.dataset.formats import Column, Table, tables_903
from kith.dataset.returns import Return

DATE_FORMAT = "%d/%m/%Y"


def write_903_csv(return_: Return, folder: Path | str) -> list[Path]:
    """Write each table of the return to `folder`, as UTF-8 with dates DD/MM/YYYY; the files written.

    The folder is made where there is none; files of the same names in it are replaced. A table with no
    rows is written with its headings, so that a reader can tell "none" from "not returned".
    Codes are written as they were told, since the return has to say them so: open a file from somebody you
    do not trust in a text editor, not in a spreadsheet.
    """
    place = Path(folder)
    place.mkdir(parents=True, exist_ok=True)
    return [
        _write(table, return_.tables[table.name], place)
        for table in tables_903().values()
        if table.name in return_.tables
    ]


def _write(table: Table, frame: pl.DataFrame, folder: Path) -> Path:
    path = folder / f"{table.file}.csv"
    frame.select(_as_written(column) for column in table.columns).write_csv(path, date_format=DATE_FORMAT)
    return path


def _as_written(column: Column) -> pl.Expr:
    cell = pl.col(column.name)
    return cell.str.to_lowercase() if column.type == "part_date" else cell
