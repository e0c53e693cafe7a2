"""Reads an SSDA903 XML file (`EXPSSDA903`) into the same tables as the CSV files."""

from collections.abc import Iterator

import polars as pl

from kith.dataset.formats import Table, tables_903
from kith.dataset.readers.cells import with_hash
from kith.dataset.readers.files import Readable
from kith.dataset.readers.ssda903_csv import CHILD, DATES
from kith.dataset.readers.xml_records import Break, Node, records
from kith.dataset.readers.xml_tables import RowsOfText
from kith.dataset.returns import FILE_COLUMN, LINE_COLUMN, LONGEST_ROW_SHOWN, Reject

ROOT = "EXPSSDA903"
RECORD = "CHILD"

_SHARED = frozenset({"CHILD", "DOB", "SEX"})
_ALWAYS_A_ROW = "Header"
_UNACCOMPANIED = "UASC"


def read_903_xml(name: str, stream: Readable) -> tuple[dict[str, pl.DataFrame], tuple[Reject, ...]]:
    """The tables of one SSDA903 XML file, and its rejects.

    `HEADER` gives a Header row, and a UASC, OC3 or AD1 row where it holds any of their values. The rows
    of a file that was cut short are kept up to the break. Raises CannotRead where it is no such file.
    """
    rows, rejects = rows_of_903_xml(name, stream)
    return _typed_tables(name, rows, rejects)


def rows_of_903_xml(name: str, stream: Readable) -> tuple[dict[str, RowsOfText], list[Reject]]:
    """The rows of every table as text, and a reject where the file breaks off. Raises CannotRead."""
    tables = tables_903()
    rows = {table.name: RowsOfText(table.columns) for table in tables.values()}
    rejects: list[Reject] = []
    for record in records(stream, frozenset({RECORD})):
        if isinstance(record, Break):
            rejects.append(broken_off(name, record))
        else:
            for table in tables.values():
                for line, values in _rows_of(record, table):
                    rows[table.name].add(line, values)
    return rows, rejects


def broken_off(name: str, record: Break) -> Reject:
    """The reject for the place where a file breaks off, with as much of the record as was read."""
    text = summary(record.unfinished) if record.unfinished else ""
    return Reject(name, record.line, None, record.reason, text[:LONGEST_ROW_SHOWN])


def summary(node: Node) -> str:
    """What an element holds, on one line: "CHILDID=123 SEX=1"."""
    own = f"{node.tag}={node.text.strip()}" if node.text.strip() and not node.children else ""
    return " ".join(filter(None, (own, *(summary(child) for child in node.children))))


def _rows_of(record: Node, table: Table) -> Iterator[tuple[int, dict[str, str | None]]]:
    shared = {
        column.name: _value(record, column.xml_path) for column in table.columns if column.name in _SHARED
    }
    own = [column for column in table.columns if column.name not in _SHARED]
    place = own[0].xml_path.rpartition("/")[0]
    for node in record.under(place):
        values = {column.name: _value(node, column.xml_tag) for column in own}
        if table.name == _ALWAYS_A_ROW or any(values.values()) or _is_marked(node, table):
            yield node.line, {**shared, **values}


def _is_marked(header: Node, table: Table) -> bool:
    """True where the header says that the child was unaccompanied, though it gives no date for it."""
    return table.name == _UNACCOMPANIED and _value(header, _UNACCOMPANIED) == "1"


def _value(node: Node, path: str) -> str | None:
    found = node.under(path)
    return found[0].text.strip() or None if found else None


def _typed_tables(
    name: str, rows: dict[str, RowsOfText], rejects: list[Reject]
) -> tuple[dict[str, pl.DataFrame], tuple[Reject, ...]]:
    frames: dict[str, pl.DataFrame] = {}
    for table in tables_903().values():
        if len(rows[table.name]):
            result = rows[table.name].typed(file=name, child=CHILD, dates=DATES)
            rejects.extend(result.rejects)
            ordered = result.frame.select(*table.headings, pl.lit(name).alias(FILE_COLUMN), LINE_COLUMN)
            frames[table.name] = with_hash(ordered, table.name, table.headings)
    return frames, tuple(sorted(rejects, key=lambda reject: reject.line or 0))
