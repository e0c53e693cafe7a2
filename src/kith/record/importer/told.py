"""Facts as files tell them: the dataset's rows as the record's fields, before anything is compared."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl
from django.db import models

from kith.dataset.dataset import Dataset
from kith.record.extract.mapping import FACTS, IDENTIFIERS, SOURCES, TEXT_IN_JSON, FactTable
from kith.record.importer.rows import without_nul

LARGEST_INTEGER = 2_147_483_647


@dataclass(slots=True)
class ToldFact:
    """One fact as the files tell it. `values` are by field; `sources` are hashes of source rows."""

    table: FactTable
    person: int
    id: str | None
    values: dict[str, Any]
    sources: tuple[str, ...]
    thread: int = 0


def told_by(dataset: Dataset, persons: Mapping[str, int], authority: str) -> dict[FactTable, list[ToldFact]]:
    """Every fact of the dataset about these persons (id there -> id here), in the mapping's order.

    Links still name facts by the dataset's ids, which `compare` turns into threads.
    """
    told = {table: list(_told(table, dataset, persons, authority)) for table in FACTS}
    for table, facts in told.items():
        for link in table.links:
            there = {fact.id for parent in FACTS if parent.table == link.table for fact in told[parent]}
            for fact in facts:
                if fact.values[link.field] not in there:
                    fact.values[link.field] = None
    return told


def _told(
    table: FactTable, dataset: Dataset, persons: Mapping[str, int], authority: str
) -> Iterator[ToldFact]:
    frame = _frame(table, dataset)
    if frame.is_empty():
        return
    columns = {}
    for column, name in table.columns.items():
        read = _text_in_json if column in TEXT_IN_JSON else _reader(table.model._meta.get_field(name))
        columns[name] = [read(value) for value in frame[column]]
    for column, name in table.others.items():
        columns[name] = [persons.get(other or "") for other in frame[column]]
    for link in table.links:
        columns[link.field] = frame[link.column].to_list()
    ids = frame[table.id].to_list() if table.id else [None] * frame.height
    sources = frame[SOURCES].to_list() if SOURCES in frame.columns else [None] * frame.height
    fixed = {name: value for name, value in table.only.items()}
    if fixed.get("kind") == "child_id":
        fixed |= {"authority": authority}
    names = list(columns)
    for who, id_, hashes, *values in zip(frame[table.person], ids, sources, *columns.values(), strict=True):
        person = persons.get(who or "")
        told = dict(zip(names, values, strict=True))
        if person is not None and _is_a_fact(table, told):
            yield ToldFact(table, person, id_, told | fixed, tuple(hashes or ()))


def _is_a_fact(table: FactTable, values: Mapping[str, Any]) -> bool:
    """False for a row of a shared table that tells nothing of this kind of fact."""
    if table.table == "ssd_person" and table.columns.keys() != {"pers_person_id"}:
        return any(values[name] not in (None, "") for name in table.columns.values())
    return all(values[name] in among for name, among in table.among.items())


def _frame(table: FactTable, dataset: Dataset) -> pl.DataFrame:
    frame = without_nul(dataset[table.table])
    for column, value in table.constant.items():
        frame = frame.filter(pl.col(column).is_null() | (pl.col(column) == value))
    if table.table == "ssd_person":
        return frame.with_columns(pl.coalesce("pers_legacy_id", "pers_person_id").alias("pers_legacy_id"))
    if table.table == "ssd_cin_assessments":
        factors = dataset["ssd_assessment_factors"]
        return frame.join(
            factors.select("cinf_assessment_id", "cinf_assessment_factors_json").unique("cinf_assessment_id"),
            left_on="cina_assessment_id",
            right_on="cinf_assessment_id",
            how="left",
            maintain_order="left",
        )
    if table.table == "ssd_linked_identifiers":
        return frame.with_columns(pl.col("link_identifier_type").replace(IDENTIFIERS))
    return frame


def _reader(field: Any) -> Callable[[Any], Any]:
    """How a value of the dataset becomes one of this field."""
    if isinstance(field, models.BooleanField):
        return lambda value: _flag(value, None if field.null else field.default)
    if isinstance(field, models.JSONField):
        return _list
    if isinstance(field, models.CharField | models.TextField):
        blank = field.default if field.has_default() and not field.choices else ""
        return lambda value: blank if value is None else value
    return lambda value: value


def _flag(value: Any, missing: Any) -> Any:
    if value is None:
        return missing if isinstance(missing, bool) else None
    return value if isinstance(value, bool) else str(value).strip().lower() in ("1", "y", "yes", "true", "t")


def _text_in_json(value: Any) -> str:
    """The text inside a JSON column: the parts of an object or a list, one after another."""
    try:
        read = json.loads(value or '""')
    except json.JSONDecodeError:
        return str(value)
    parts = read.values() if isinstance(read, dict) else read if isinstance(read, list) else [read]
    return ", ".join(str(part) for part in parts if part not in (None, ""))


def _list(value: Any) -> list[str]:
    """A list from a JSON text: a list of codes, or an object whose keys are codes."""
    if value is None:
        return []
    if not isinstance(value, str):
        return list(value)
    try:
        read = json.loads(value)
    except json.JSONDecodeError:
        return [part.strip() for part in value.split(",") if part.strip()]
    return [str(part) for part in read] if isinstance(read, list | dict) else [str(read)]


def unacceptable(facts: Iterable[ToldFact]) -> Iterator[tuple[ToldFact, str, str]]:
    """Facts that the record's tables cannot hold: the fact, the dataset column, and the plain reason."""
    limits: dict[int, list[tuple[str, str, Callable[[Any], str]]]] = {}
    for fact in facts:
        if id(fact.table) not in limits:
            limits[id(fact.table)] = list(_limits(fact.table))
        for column, name, why_not in limits[id(fact.table)]:
            if reason := why_not(fact.values[name]):
                yield fact, column, reason
                break
        else:
            if reason := _out_of_order(fact):
                yield fact, "", reason


def _limits(table: FactTable) -> Iterator[tuple[str, str, Callable[[Any], str]]]:
    for column, name in {**table.columns, **table.others}.items():
        field = table.model._meta.get_field(name)
        if name in table.needs:
            yield column, name, _missing
        if isinstance(field, models.CharField) and field.max_length:
            yield column, name, _too_long(field.max_length)
        elif isinstance(field, models.PositiveIntegerField):
            yield column, name, _not_a_count
    for link in table.links:
        if link.field in table.needs:
            yield link.column, link.field, _hangs_on_nothing


def _missing(value: Any) -> str:
    return "It is empty, and without it nothing can be recorded. Fill it in." if value in (None, "") else ""


def _hangs_on_nothing(value: Any) -> str:
    return "It belongs to something that is not in the file." if value is None else ""


def _too_long(limit: int) -> Callable[[Any], str]:
    return lambda value: (
        f"It is {len(value):,} characters long; at most {limit} fit. Shorten it, and import the file again."
        if value and len(value) > limit
        else ""
    )


def _not_a_count(value: Any) -> str:
    if value is None or 0 <= value <= LARGEST_INTEGER:
        return ""
    return f"{value} cannot be right: it has to be a whole number, 0 or more."


def _out_of_order(fact: ToldFact) -> str:
    start, end = fact.values.get("started_on"), fact.values.get("ended_on")
    ordered = any(isinstance(rule, models.CheckConstraint) for rule in fact.table.model._meta.constraints)
    if ordered and start and end and end < start:
        return f"It ends on {end:%d/%m/%Y}, before it starts on {start:%d/%m/%Y}. Put the dates right."
    return ""
