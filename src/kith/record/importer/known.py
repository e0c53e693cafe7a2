"""What the record holds now about the people an import touches, as `compare` wants it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TypeVar

from django.db.models import QuerySet

from kith.record.extract.mapping import FactTable
from kith.record.facts import Ending
from kith.record.importer.compare import Known, OnRecord, key_of
from kith.record.importer.models import SourceFile, SourceRow
from kith.record.people.models import Identifier

AT_A_TIME = 500  # ids in one question: well under what either database takes
NO_LONGER_TOLD = "The returns no longer tell it"  # so ended by an import, and not by a person
A = TypeVar("A")


def in_chunks(items: Iterable[A], size: int = AT_A_TIME) -> Iterator[list[A]]:
    """The items in lists of at most `size`."""
    items = list(items)
    for start in range(0, len(items), size):
        yield items[start : start + size]


def persons_by_child_id(authority: str, children: Iterable[str]) -> tuple[dict[str, int], set[int]]:
    """Child id at the authority -> person, for those the record knows (D1: these join by themselves).

    A person hidden because their import was undone is found again, so that they come back as themselves:
    those are the second answer.
    """
    found: dict[str, int] = {}
    hidden: set[int] = set()
    for chunk in in_chunks(children):
        ids = (
            Identifier.objects.filter(kind="child_id", authority=authority, value__in=chunk)
            .filter(superseded_at=None)
            .union(
                Identifier.objects.filter(
                    kind="child_id", authority=authority, value__in=chunk, ended_as=Ending.UNDONE
                ),
                all=True,
            )
            .values_list("value", "person_id", "superseded_at")
        )
        for value, person, ended in ids:
            if ended is None:
                hidden.discard(found.get(value, 0))
                found[value] = person
            elif value not in found:
                found[value] = person
                hidden.add(person)
    return found, hidden


def source_rows_of(persons: Iterable[int]) -> list[SourceRow]:
    """Every stored row about these people, whether it still counts or not, with its file."""
    files: dict[int, SourceFile] = {}
    rows: list[SourceRow] = []
    for chunk in in_chunks(persons):
        rows += SourceRow.objects.filter(person_id__in=chunk).order_by("pk")
    for chunk in in_chunks({row.file_id for row in rows}):
        files |= SourceFile.objects.in_bulk(chunk)
    for row in rows:
        row.file = files[row.file_id]
    return rows


def on_record(table: FactTable, persons: Sequence[int]) -> OnRecord:
    """The current facts of one kind about these people, and what somebody here did to imported ones."""
    known = OnRecord()
    columns = ("pk", "thread", "person_id", "batch_id", "source_rows", *table.fields)
    typed: list[Known] = []
    for chunk in in_chunks(persons):
        for row in table.of(table.model.current.filter(person_id__in=chunk)).values(*columns):
            (known.imported if row["batch_id"] else typed).append(row)
        known.taken_out |= {
            (row["person_id"], key_of(table, row)) for row in _taken_out(table, chunk, columns)
        }
    earlier = _earlier_keys(table, [row["thread"] for row in typed])
    known.typed = [(row, earlier[row["thread"]] | {key_of(table, row)}) for row in typed]
    return known


def _taken_out(table: FactTable, persons: list[int], columns: tuple[str, ...]) -> Iterable[Known]:
    """Imported facts that somebody here entered in error, with nothing in their place."""
    versions: QuerySet[Any] = table.model.objects.filter(person_id__in=persons)
    ended = table.of(versions.filter(ended_as=Ending.ENTERED_IN_ERROR, superseded_by=None))
    return ended.exclude(batch=None).exclude(ended_because__startswith=NO_LONGER_TOLD).values(*columns)


def _earlier_keys(table: FactTable, threads: list[int]) -> dict[int, set[tuple[Any, ...]]]:
    """Every key that versions of these threads had: a file may still tell what was corrected here."""
    keys: dict[int, set[tuple[Any, ...]]] = defaultdict(set)
    for chunk in in_chunks(threads):
        for row in table.model.objects.filter(thread__in=chunk).values("thread", *table.key):
            keys[row["thread"]].add(key_of(table, row))
    return keys
