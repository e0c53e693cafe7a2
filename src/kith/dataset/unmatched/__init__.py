"""Which rows of a return do not come back from the facts, and why, in words that a person can check (D5)."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import polars as pl

from kith.dataset import mapped_903, mapped_cin
from kith.dataset.formats import schema_of as format_of
from kith.dataset.formats import tables_903
from kith.dataset.merging import rows_of
from kith.dataset.persons import CHILD_ID
from kith.dataset.readers.cin_xml import HEADER, RUNNING_NUMBERS, columns_of
from kith.dataset.returns import FILE_COLUMN, HASH_COLUMN, LINE_COLUMN, Kind, Return
from kith.dataset.unmatched.case import Case, Row
from kith.dataset.unmatched.episodes import reason_for_episode
from kith.dataset.unmatched.rows import reason_for_row, rules_for

EPISODES = "Episodes"
OF_THE_FILE = "The census's header tells of the file and the software that wrote it, not of a child"


class Unmatched(NamedTuple):
    """A source row that does not come back equal, and why. The kind of reason stands before any colon."""

    file: str
    line: int
    table: str
    child: str
    reason: str


def unmatched(returns: Iterable[Return], exported: Iterable[Return]) -> list[Unmatched]:
    """Every row of `returns` that is in no return of `exported` of the same kind and year.

    Rows are compared by their values; the running numbers of a census are not values.
    """
    sources, made = list(returns), list(exported)
    return [
        found
        for source in sources
        for table in source.tables
        for found in _of_table(sources, made, source, table)
    ]


def _of_table(
    sources: Sequence[Return], made: Sequence[Return], source: Return, table: str
) -> Iterator[Unmatched]:
    back = _came_back(made, source, table)
    lost = source.tables[table].filter(~pl.col(HASH_COLUMN).is_in(back[HASH_COLUMN].implode()))
    if not lost.height:
        return
    if source.kind == "cin" and table == HEADER:
        for row in lost.iter_rows(named=True):
            yield Unmatched(row[FILE_COLUMN], row[LINE_COLUMN], table, "", OF_THE_FILE)
        return
    child_id = CHILD_ID[source.kind]
    told = _by_child(_told(sources, source.kind, table), child_id, lost)
    of_child = _by_child(back, child_id, lost)
    present = set(_came_back(made, source, "Header" if source.kind == "903" else "Children")[child_id])
    for row in lost.iter_rows(named=True):
        child = row[child_id]
        case = Case(
            table=table,
            year=source.year,
            row=row,
            headings=_values(source.kind, table),
            key=_key(source.kind, table),
            back=_counterpart(source.kind, table, row, of_child[child]),
            of_child=of_child[child],
            others=[x for x in told[child] if x[HASH_COLUMN] != row[HASH_COLUMN]],
            is_child_back=child in present,
        )
        yield Unmatched(row[FILE_COLUMN], row[LINE_COLUMN], table, child, _reason(source.kind, case))


def _reason(kind: Kind, case: Case) -> str:
    if kind == "903" and case.table == EPISODES:
        return reason_for_episode(case)
    return reason_for_row(case, rules_for(kind, case.table))


def _came_back(made: Sequence[Return], source: Return, table: str) -> pl.DataFrame:
    frames = [
        one.tables[table]
        for one in made
        if (one.kind, one.year) == (source.kind, source.year) and table in one.tables
    ]
    return pl.concat(frames) if frames else _schema_frame(source.kind, table)


def _schema_frame(kind: Kind, table: str) -> pl.DataFrame:
    names = _headings(kind, table)
    return pl.DataFrame(schema={**dict.fromkeys(names, pl.String), HASH_COLUMN: pl.String})


def _told(sources: Sequence[Return], kind: Kind, table: str) -> pl.DataFrame:
    types = format_of(tables_903()[table]) if kind == "903" else mapped_cin.format_of_table(table)
    return rows_of(sources, kind, table, types)


def _by_child(rows: pl.DataFrame, child_id: str, lost: pl.DataFrame) -> dict[str, list[Row]]:
    groups: dict[str, list[Row]] = defaultdict(list)
    wanted = rows.filter(pl.col(child_id).is_in(lost[child_id].unique().implode()))
    for row in wanted.iter_rows(named=True):
        groups[row[child_id]].append(row)
    return groups


def _headings(kind: Kind, table: str) -> tuple[str, ...]:
    return tables_903()[table].headings if kind == "903" else columns_of(table)


def _values(kind: Kind, table: str) -> tuple[str, ...]:
    """The headings that hold values, without a census's running numbers."""
    return tuple(x for x in _headings(kind, table) if x not in RUNNING_NUMBERS.values())


def _counterpart(kind: Kind, table: str, row: Row, of_child: Sequence[Row]) -> Row | None:
    key = _key(kind, table)
    return next((x for x in of_child if all(x[heading] == row[heading] for heading in key)), None)


def _key(kind: Kind, table: str) -> tuple[str, ...]:
    if kind == "903":
        keys = {mapped.table: mapped.key for mapped in mapped_903.MAPPED}
        return ("DECOM",) if table == EPISODES else keys.get(table, ())
    return {mapped.table: (mapped.key,) for mapped in mapped_cin.MAPPED}.get(table, ())


__all__ = ["Unmatched", "unmatched"]
