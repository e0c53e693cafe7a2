"""What each return's tables hold: headings, types, code lists and places in the XML, read from CSV.

Nothing about a return's layout is written in Python; a new column or table is a new row of
`data/formats_903.csv` or `data/formats_cin.csv`. Which years ask for a column, and from which code list, the
standards know (`kith.standards.years`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Literal, cast

import polars as pl

from kith.standards.tables import number, rows
from kith.standards.years import ReturnKind, return_column

ColumnType = Literal["text", "plain_text", "date", "part_date", "time", "integer", "number", "flag", "texts"]

_DATA = Path(__file__).parent / "data"

POLARS_TYPES: Mapping[ColumnType, type[pl.DataType]] = MappingProxyType(
    {
        "text": pl.String,
        "plain_text": pl.String,
        "date": pl.Date,
        "part_date": pl.String,
        "time": pl.Datetime,
        "integer": pl.Int64,
        "number": pl.Float64,
        "flag": pl.Int64,
        "texts": pl.List,
    }
)


@dataclass(frozen=True)
class Column:
    """One column of a return's table.

    `plain_text` keeps its case; other text is upper-cased. A `part_date` is a day whose parts may be
    unknown (zz); `texts` are a list. `codes` names a code list, or is blank. `tells_year` ranks how well
    a date tells the year of the return: 1 best, None not at all. `repeats` is true where the element is a
    row of its own. `first_year` and `last_year` are the END years that ask for it, None without a limit.
    """

    name: str
    type: ColumnType
    codes: str
    xml_path: str
    tells_year: int | None = None
    repeats: bool = False
    first_year: int | None = None
    last_year: int | None = None
    note: str = ""

    @property
    def xml_tag(self) -> str:
        """The column's own element in XML, which may differ from its heading (PLACE is PL)."""
        return self.xml_path.rpartition("/")[2]


@dataclass(frozen=True)
class Table:
    """One table of a return: its columns in order, and for the 903 the usual name of its file."""

    name: str
    columns: tuple[Column, ...]
    file: str = ""

    @cached_property
    def headings(self) -> tuple[str, ...]:
        """The column names in the order in which they are written."""
        return tuple(column.name for column in self.columns)

    @cached_property
    def row_path(self) -> str:
        """The place in the XML of the element that makes one row ("Message/Children/Child")."""
        if self.columns[0].repeats:
            return self.columns[0].xml_path
        places = [column.xml_path.split("/")[:-1] for column in self.columns]
        shared = [parts[0] for parts in zip(*places, strict=False) if len(set(parts)) == 1]
        return "/".join(shared)

    @cached_property
    def row_tag(self) -> str:
        """The element that makes one row, without its place ("EPISODE"; the last column's parent)."""
        return self.columns[-1].xml_path.split("/")[-2]

    def column(self, name: str) -> Column:
        """The column called `name`; KeyError when there is none."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)


@cache
def tables_903() -> Mapping[str, Table]:
    """The SSDA903's tables by name, in the order in which they are usually listed."""
    return _tables("903")


@cache
def tables_cin() -> Mapping[str, Table]:
    """The CIN census's tables by name, without the running numbers that the reader adds."""
    return _tables("cin")


def schema_of(table: Table) -> dict[str, type[pl.DataType]]:
    """Polars types of the table's own columns, in order."""
    return {column.name: POLARS_TYPES[column.type] for column in table.columns}


def _tables(kind: ReturnKind) -> Mapping[str, Table]:
    columns: dict[str, list[Column]] = {}
    file_names: dict[str, str] = {}
    for row in rows(_DATA / f"formats_{kind}.csv"):
        columns.setdefault(row["table"], []).append(_column(kind, row))
        file_names[row["table"]] = row.get("file", "")
    return MappingProxyType(
        {table: Table(table, tuple(held), file_names[table]) for table, held in columns.items()}
    )


def _column(kind: ReturnKind, row: Mapping[str, str]) -> Column:
    asked = return_column(kind, row["table"], row["column"])
    return Column(
        name=row["column"],
        type=cast(ColumnType, row["type"]),
        codes=asked.code_list or "",
        xml_path=row["xml_path"],
        tells_year=number(row["tells_year"]),
        repeats=row.get("occurs") == "*",
        first_year=asked.first_year,
        last_year=asked.last_year,
        note=row["note"],
    )
