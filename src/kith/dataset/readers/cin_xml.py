"""Reads a CIN census XML file into tables, a child at a time.

Each element that may occur more than once is a table; its rows carry the child's id and running numbers
of the rows they belong to. Both the newer `Sex` and the older `GenderCurrent` are read, and any number
of `Reviews` blocks. The layout is `data/formats_cin.csv`.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache

import polars as pl

from kith.dataset.formats import Column, Table, tables_cin
from kith.dataset.readers.cells import DateForm, with_hash
from kith.dataset.readers.files import Readable
from kith.dataset.readers.ssda903_xml import broken_off, summary
from kith.dataset.readers.xml_records import Break, Node, records
from kith.dataset.readers.xml_tables import RowsOfText
from kith.dataset.returns import FILE_COLUMN, LINE_COLUMN, LONGEST_ROW_SHOWN, Reject

ROOT = "Message"
CHILD = "LAchildID"
DATES: DateForm = "YYYY-MM-DD"

HEADER, CHILDREN = "Header", "Children"
RUNNING_NUMBERS: Mapping[str, str] = {
    "CINdetails": "CINdetailsID",
    "Assessments": "AssessmentsID",
    "Section47": "Section47ID",
    "ChildProtectionPlans": "CPPID",
}


@dataclass(frozen=True)
class Level:
    """A table in the tree of the file: the table it belongs to, and the way there from it."""

    table: Table
    parent: str | None
    path: str
    ancestors: tuple[str, ...]


@dataclass
class ReadCin:
    """What one CIN file gave: its tables, its rejects, and the elements that no table knows, counted."""

    tables: dict[str, pl.DataFrame]
    rejects: tuple[Reject, ...]
    unknown: Counter[str] = field(default_factory=Counter)


@cache
def levels() -> Mapping[str, Level]:
    """Every table but Header, each after the table it belongs to."""
    paths = {name: table.row_path for name, table in tables_cin().items() if name != HEADER}
    return {name: _level(name, paths) for name in sorted(paths, key=lambda name: paths[name].count("/"))}


def columns_of(name: str) -> tuple[str, ...]:
    """The headings of a CIN table in full: the child's id, the running numbers, then its own."""
    table = tables_cin()[name]
    if name in (HEADER, CHILDREN):
        return table.headings
    return (CHILD, *_numbers(levels()[name]), *table.headings)


def read_cin_xml(name: str, stream: Readable) -> ReadCin:
    """The tables of one CIN census file.

    A row whose referral, assessment or plan was rejected is rejected with it, for it has nothing left to
    belong to. The children before a break in the file are kept. Raises CannotRead where it is no XML.
    """
    gathered = _Gathered(name)
    for record in records(stream, frozenset({HEADER, "Child"})):
        if isinstance(record, Break):
            gathered.rejects.append(broken_off(name, record))
        elif record.tag == HEADER:
            gathered.add_header(record)
        else:
            gathered.add_child(record)
    return gathered.finished()


def _level(name: str, paths: Mapping[str, str]) -> Level:
    above = [other for other in paths if paths[name].startswith(paths[other] + "/")]
    above.sort(key=lambda other: len(paths[other]))
    parent = above[-1] if above else None
    path = paths[name].removeprefix(paths[parent] + "/") if parent else ""
    return Level(tables_cin()[name], parent, path, tuple(other for other in above if other != CHILDREN))


def _numbers(level: Level) -> tuple[str, ...]:
    named = (*level.ancestors, level.table.name)
    return tuple(RUNNING_NUMBERS[name] for name in named if name in RUNNING_NUMBERS)


def _keys(level: Level) -> tuple[str, ...]:
    """Columns that say, for the hash, which row of each table above this one belongs to."""
    return tuple(f"{name}.{tables_cin()[name].headings[0]}" for name in level.ancestors)


def _child_column() -> Column:
    return tables_cin()[CHILDREN].column(CHILD)


class _Gathered:
    """The rows of every table as text, while the file is being read."""

    def __init__(self, file: str) -> None:
        self.rejects: list[Reject] = []
        self._file = file
        self._unknown: Counter[str] = Counter()
        self._number: Counter[str] = Counter()
        self._header = RowsOfText(tables_cin()[HEADER].columns)
        self._rows = {name: self._rows_of(level) for name, level in levels().items()}

    def add_header(self, record: Node) -> None:
        """The census's header, one row."""
        self._header.add(record.line, _values(record, tables_cin()[HEADER], "Message/Header"))

    def add_child(self, record: Node) -> None:
        """Every row that one child gives."""
        identifiers = record.first("ChildIdentifiers")
        child = identifiers.first(CHILD) if identifiers else None
        self._unknown.update(_unknown_tags(record))
        self._add(record, levels()[CHILDREN], {CHILD: _text(child)})

    def finished(self) -> ReadCin:
        """The tables typed, each row either in one of them or rejected."""
        tables: dict[str, pl.DataFrame] = {}
        if len(self._header):
            tables[HEADER] = self._typed_header()
        for name, level in levels().items():
            frame = self._typed(level)
            if level.parent in RUNNING_NUMBERS and level.parent is not None:
                frame = self._without_orphans(frame, level, tables[level.parent])
            tables[name] = frame
        held = {name: self._finished(name, frame) for name, frame in tables.items()}
        return ReadCin(held, tuple(sorted(self.rejects, key=lambda reject: reject.line or 0)), self._unknown)

    def _rows_of(self, level: Level) -> RowsOfText:
        own = level.table.columns
        columns = own if level.table.name == CHILDREN else (_child_column(), *own)
        return RowsOfText(columns, extra=(*_numbers(level), *_keys(level)))

    def _add(self, node: Node, level: Level, carried: dict[str, str | None]) -> None:
        name = level.table.name
        values = _values(node, level.table, level.table.row_path)
        if doubled := _doubled(node, level.table):
            self._reject_doubled(node, doubled)
            return
        if name in RUNNING_NUMBERS:
            self._number[name] += 1
            carried = {**carried, RUNNING_NUMBERS[name]: str(self._number[name])}
        self._rows[name].add(node.line, {**values, **carried})
        if name != CHILDREN:
            carried = {**carried, f"{name}.{level.table.headings[0]}": values[level.table.headings[0]]}
        for below in _below(name):
            for inner in node.under(below.path):
                if not below.table.columns[0].repeats or inner.text.strip():
                    self._add(inner, below, carried)

    def _reject_doubled(self, node: Node, tag: str) -> None:
        reason = f"{tag} stands here more than once, so it is not clear which to read. Keep one."
        self.rejects.append(Reject(self._file, node.line, tag, reason, summary(node)[:LONGEST_ROW_SHOWN]))

    def _typed_header(self) -> pl.DataFrame:
        result = self._header.typed(file=self._file, child="", dates=DATES)
        self.rejects.extend(result.rejects)
        return result.frame

    def _typed(self, level: Level) -> pl.DataFrame:
        result = self._rows[level.table.name].typed(file=self._file, child=CHILD, dates=DATES)
        self.rejects.extend(result.rejects)
        return result.frame

    def _without_orphans(self, frame: pl.DataFrame, level: Level, parents: pl.DataFrame) -> pl.DataFrame:
        number = RUNNING_NUMBERS[level.parent or ""]
        orphan = ~frame[number].is_in(parents[number].implode())
        reason = f"The {level.parent} row that this belongs to was left out. Correct that, and this is read."
        for row in frame.filter(orphan).iter_rows(named=True):
            shown = " ".join(
                f"{column}={row[column]}" for column in columns_of(level.table.name) if row[column]
            )
            self.rejects.append(
                Reject(self._file, row[LINE_COLUMN], number, reason, shown[:LONGEST_ROW_SHOWN])
            )
        return frame.filter(~orphan)

    def _finished(self, name: str, frame: pl.DataFrame) -> pl.DataFrame:
        named = frame.with_columns(pl.lit(self._file).alias(FILE_COLUMN))
        if name == HEADER:
            hashed = with_hash(named, name, tables_cin()[name].headings)
        else:
            own = [column for column in tables_cin()[name].headings if column != CHILD]
            hashed = with_hash(named, name, (CHILD, *_keys(levels()[name]), *own))
        return hashed.select(*columns_of(name), FILE_COLUMN, LINE_COLUMN, "_hash")


@cache
def _below(name: str) -> tuple[Level, ...]:
    return tuple(level for level in levels().values() if level.parent == name)


def _values(node: Node, table: Table, row_path: str) -> dict[str, str | None]:
    if table.columns[0].repeats:
        return {table.columns[0].name: node.text.strip() or None}
    values: dict[str, str | None] = {}
    for column in table.columns:
        found = node.under(column.xml_path.removeprefix(row_path + "/"))
        values[column.name] = _text(found[0]) if found else None
    return values


def _text(node: Node | None) -> str | None:
    return (node.text.strip() or None) if node else None


def _doubled(node: Node, table: Table) -> str | None:
    if table.columns[0].repeats:
        return None
    paths = (column.xml_path.removeprefix(table.row_path + "/") for column in table.columns)
    return next((path.rpartition("/")[2] for path in paths if len(node.under(path)) > 1), None)


@cache
def _known_tags() -> frozenset[str]:
    paths = [column.xml_path for table in tables_cin().values() for column in table.columns]
    return frozenset(tag for path in paths for tag in path.split("/"))


def _unknown_tags(node: Node) -> Iterator[str]:
    for child in node.children:
        if child.tag in _known_tags():
            yield from _unknown_tags(child)
        else:
            yield child.tag
