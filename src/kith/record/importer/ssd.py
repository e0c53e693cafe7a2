"""Rows of a Standard Safeguarding Dataset extract: the facts come as they are, kept by their ids there."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

import polars as pl

from kith.dataset.dataset import Dataset
from kith.dataset.returns import Reject
from kith.dataset.schema import columns_of, empty
from kith.record.extract.mapping import FACTS, PERSON, SOURCES, FactTable, not_held
from kith.record.importer.models import SourceRow
from kith.record.importer.rows import Row, without_nul
from kith.record.importer.told import ToldFact, told_by

KIND = "ssd"
FACTORS = "ssd_assessment_factors"
HELD = tuple(dict.fromkeys([*(table.table for table in FACTS), FACTORS]))


def identity(table: str, key: str) -> str:
    """What stays the same of a row over extracts: its table and its id there."""
    return hashlib.sha256(f"{table}\x1f{key}".encode()).hexdigest()[:32]


def rows_in(dataset: Dataset, authority: str, year: int) -> Iterator[Row | Reject]:
    """Every row of every table that holds one: a row, or a reject that says why the record cannot hold it.

    A row's line is its place in its table, the first being 1; its file is the table.
    """
    children = child_ids(dataset)
    owners = _owners(dataset)
    for table in dataset.filled():
        frame = without_nul(dataset[table])
        plain = frame.drop(SOURCES, strict=False).with_columns(pl.col(pl.Date, pl.Datetime).cast(pl.String))
        for line, values in enumerate(plain.to_dicts(), start=1):
            person = owners.get(table, lambda _: None)(values)
            if table not in HELD:
                reason = f"Kith's record does not hold the table {table} from an extract yet."
                yield _left_out(table, line, None, reason, values)
            elif person is None or person not in children:
                reason = "It names nobody in ssd_person, so it is not known whose it is."
                yield _left_out(table, line, None, reason, values)
            else:
                key = _key(table, values)
                yield Row(
                    KIND, year, authority, table, children[person], table, line, identity(table, key), values
                )


def not_kept(dataset: Dataset) -> Iterator[tuple[str, str]]:
    """Columns that hold something the record has no field for: table, and why in words."""
    for (table, column), why in not_held().items():
        filled = dataset[table].height - dataset[table][column].null_count()
        if filled and not why.startswith("derived"):
            yield (
                table,
                f"{filled:,} rows fill {column}, which is {why}: it stays with the rows as they came.",
            )


def child_ids(dataset: Dataset) -> dict[str, str]:
    """Person id in the extract -> the child's id at the authority, or that same id where none is told."""
    people = without_nul(dataset["ssd_person"])
    return {
        row[PERSON]: row["pers_legacy_id"] or row[PERSON]
        for row in people.select(PERSON, "pers_legacy_id").to_dicts()
        if row[PERSON]
    }


def _owners(dataset: Dataset) -> dict[str, Any]:
    """How to tell whose a row of each table is."""
    owners: dict[str, Any] = {table.table: _column(table.person) for table in FACTS}
    assessments = dataset["ssd_cin_assessments"]
    whose = dict(zip(assessments["cina_assessment_id"], assessments["cina_person_id"], strict=True))
    owners[FACTORS] = lambda row: row["kith_person_id"] or whose.get(row["cinf_assessment_id"])
    return owners


def _column(name: str) -> Any:
    return lambda row: row[name]


def _key(table: str, values: Mapping[str, Any]) -> str:
    keys = [str(values[column.name]) for column in columns_of(table) if column.is_key and values[column.name]]
    return "\x1f".join(keys) or repr(sorted(values.items(), key=str))


def _left_out(table: str, line: int, column: str | None, reason: str, values: Mapping[str, Any]) -> Reject:
    text = ",".join("" if value is None else str(value) for value in values.values())
    return Reject(table, line, column, reason, text[:500])


def told_again(
    rows: Iterable[SourceRow | Row], persons: Mapping[str, int], authority: str
) -> dict[FactTable, list[ToldFact]]:
    """The facts that these rows tell. `persons`: child id -> person."""
    tables: dict[str, list[tuple[str, dict[str, Any]]]] = defaultdict(list)
    people: dict[str, int] = {}
    for row in rows:
        tables[row.table].append((row.hash, row.values))
        if row.table == "ssd_person" and row.child in persons:
            people[str(row.values[PERSON])] = persons[row.child]
    dataset = Dataset({table: _frame(table, held) for table, held in tables.items()})
    return told_by(dataset, people, authority)


def _frame(table: str, rows: list[tuple[str, dict[str, Any]]]) -> pl.DataFrame:
    series = []
    for column in columns_of(table):
        if column.name == SOURCES:
            series.append(pl.Series(SOURCES, [[digest] for digest, _ in rows], dtype=column.type))
            continue
        values = [values.get(column.name) for _, values in rows]
        if column.kind == "date":
            values = [date.fromisoformat(value) if value else None for value in values]
        elif column.kind == "time":
            series.append(pl.Series(column.name, values, dtype=pl.String).str.to_datetime(strict=False))
            continue
        series.append(pl.Series(column.name, values, dtype=column.type))
    return pl.DataFrame(series).select(empty(table).columns)
