"""Writing what has to change, in bulk: versions of facts, and the lines that tell them."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import models

from kith.record.chronology.models import Line
from kith.record.chronology.services import line_of
from kith.record.chronology.telling import told_by
from kith.record.extract.mapping import FactTable
from kith.record.facts import Ending, Fact
from kith.record.importer.bulk import insert
from kith.record.importer.compare import Changes, Known
from kith.record.importer.known import in_chunks
from kith.record.importer.ours import Ours, ours_now
from kith.record.importer.told import ToldFact

ROWS_A_WRITE = 2_000


@dataclass(frozen=True)
class Writing:
    """Who writes, when, and why a version that the files no longer tell ends."""

    at: datetime
    by_id: int | None
    because: str
    batch_of: Callable[[ToldFact], int]
    sources_of: Callable[[ToldFact], list[int]]
    gone_as: Ending = Ending.ENTERED_IN_ERROR
    changed_as: Ending | None = None  # None: continued or corrected, as each is
    changed_because: str = ""
    ours: Ours = field(default_factory=ours_now)


def write_changes(changes: Mapping[FactTable, Changes], writing: Writing) -> dict[str, int]:
    """Write every change, ends before beginnings, then the lines; how many facts were added,
    continued, corrected or ended."""
    counts: dict[str, int] = defaultdict(int)
    lines, struck = [], []
    for table, change in changes.items():
        _end_versions(table.model, change, writing)
        new = [_version(table, fact, None, writing) for fact in change.new]
        nexts = [_version(table, fact, row, writing) for fact, row, _ in change.next]
        insert(table.model, [*new, *nexts])
        _point_at_living_rows(table.model, change, writing)
        new_lines, old_lines = _lines(table, change, new, nexts, writing)
        lines += new_lines
        struck += old_lines
        counts["added"] += len(new)
        counts["ended"] += len(change.gone)
        for _, _, ended_as in change.next:
            counts[str(writing.changed_as or ended_as)] += 1
    _strike(struck, writing.at)
    insert(Line, lines)
    return dict(counts)


def _end_versions(model: type[Fact], change: Changes, writing: Writing) -> None:
    ended: dict[tuple[Ending, str], list[int]] = defaultdict(list)
    for _, row, ended_as in change.next:
        ended[writing.changed_as or ended_as, writing.changed_because].append(row["pk"])
    ended[writing.gone_as, writing.because] += [row["pk"] for row in change.gone]
    for (how, because), ids in ended.items():
        for chunk in in_chunks(ids):
            model.objects.filter(pk__in=chunk, superseded_at=None).update(
                superseded_at=writing.at, ended_as=how, ended_because=because[:300]
            )


def _version(table: FactTable, fact: ToldFact, before: Known | None, writing: Writing) -> Fact:
    model: type[Any] = table.model  # its own fields, and those of every Fact
    version: Fact = model(
        thread=fact.thread,
        person_id=fact.person,
        recorded_at=writing.at,
        recorded_by_id=writing.by_id,
        batch_id=writing.batch_of(fact),
        source_rows=writing.sources_of(fact),
        supersedes_id=before["pk"] if before else None,
        **fact.values,
        **writing.ours.who_decided(table, fact.values),
    )
    return version


def _point_at_living_rows(model: type[Fact], change: Changes, writing: Writing) -> None:
    """Facts that still stand, but on rows that no longer count, point at those that do."""
    kind: type[Any] = model
    moved = []
    for fact, row in change.same:
        rows = writing.sources_of(fact)
        if rows and row["source_rows"] and not set(rows) & set(row["source_rows"]):
            moved.append(kind(pk=row["pk"], source_rows=rows, batch_id=writing.batch_of(fact)))
    model.objects.bulk_update(moved, ["source_rows", "batch"], batch_size=ROWS_A_WRITE // 10)


def _lines(
    table: FactTable, change: Changes, new: list[Fact], nexts: list[Fact], writing: Writing
) -> tuple[list[Line], list[tuple[str, int, str, str]]]:
    """Lines to write, and lines to strike as (fact table, thread, kind, text)."""
    lines = [line for fact in new for line in _told(table, fact)]
    struck: list[tuple[str, int, str, str]] = []
    for fact, (_, row, _) in zip(nexts, change.next, strict=True):
        before = {_words(line): line for line in _told(table, _as_it_was(table, row))}
        after = {_words(line): line for line in _told(table, fact)}
        lines += [line for words, line in after.items() if words not in before]
        struck += [
            (line.fact_table, line.fact_thread, line.kind, line.text)
            for words, line in before.items()
            if words not in after
        ]
    struck += [(table.name, row["thread"], "", "") for row in change.gone]
    return lines, struck


def _told(table: FactTable, fact: Fact) -> Iterable[Line]:
    for told in told_by(table.name, fact):
        line = line_of(fact, told)
        line.batch_id = fact.batch_id
        line.recorded_at = fact.recorded_at
        yield line


def _as_it_was(table: FactTable, row: Known) -> Fact:
    fields = {name: row[name] for name in table.fields}
    return table.model(thread=row["thread"], person_id=row["person_id"], **{**fields, **table.only})


def _words(line: Line) -> tuple[Any, ...]:
    return (line.on, line.kind, line.text)


def _strike(struck: list[tuple[str, int, str, str]], at: datetime) -> None:
    """Strike whole threads together, and single lines by what they say."""
    whole: dict[str, list[int]] = defaultdict(list)
    for fact_table, thread, kind, text in struck:
        if kind:
            Line.objects.filter(
                fact_table=fact_table, fact_thread=thread, kind=kind, text=text, struck_at=None
            ).update(struck_at=at)
        else:
            whole[fact_table].append(thread)
    for fact_table, threads in whole.items():
        for chunk in in_chunks(threads):
            Line.objects.filter(fact_table=fact_table, fact_thread__in=chunk, struck_at=None).update(
                struck_at=at
            )


def set_field(model: type[models.Model], ids: Iterable[int], **values: Any) -> None:
    """The same values for many rows of the importer's own tables."""
    for chunk in in_chunks(ids):
        model._default_manager.filter(pk__in=chunk).update(**values)
