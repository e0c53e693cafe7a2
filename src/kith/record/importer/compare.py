"""What has to change so that the record says what the files tell: pure, over rows keyed by their facts."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from kith.record.extract.mapping import FactTable
from kith.record.facts import Ending, new_id
from kith.record.importer.told import ToldFact

Known = dict[str, Any]  # a stored version: pk, thread, person_id, batch_id, source_rows, and its fields


@dataclass(slots=True)
class OnRecord:
    """What the record holds of one kind of fact about some people.

    `imported` are current versions that came from imports; `typed` those that somebody here wrote,
    each with every key its thread ever had; `taken_out` are keys of imported facts that somebody here
    entered in error, which no import may bring back.
    """

    imported: list[Known] = field(default_factory=list)
    typed: list[tuple[Known, set[tuple[Any, ...]]]] = field(default_factory=list)
    taken_out: set[tuple[int, tuple[Any, ...]]] = field(default_factory=set)


@dataclass(slots=True)
class Changes:
    """What to write: facts new to the record, next versions, versions to end, and what was left alone."""

    new: list[ToldFact] = field(default_factory=list)
    next: list[tuple[ToldFact, Known, Ending]] = field(default_factory=list)
    gone: list[Known] = field(default_factory=list)
    same: list[tuple[ToldFact, Known]] = field(default_factory=list)
    against_typed: list[tuple[ToldFact, Known]] = field(default_factory=list)


def compare(
    table: FactTable,
    told: Iterable[ToldFact],
    known: OnRecord,
    threads: dict[tuple[str, str], int],
    hashes: Callable[[Known], frozenset[str]],
) -> Changes:
    """The changes that make the record's imported facts equal to those told.

    `threads` is dataset table and id -> thread: links are looked up in it, and each told fact's own
    thread is put in. `hashes` tells the source rows behind a stored version: where a key differs, a
    shared source row shows that it is the same fact, corrected.
    """
    changes = Changes()
    imported: dict[int, list[Known]] = defaultdict(list)
    for row in known.imported:
        imported[row["person_id"]].append(row)
    typed: dict[int, list[tuple[Known, set[tuple[Any, ...]]]]] = defaultdict(list)
    for row, keys in known.typed:
        typed[row["person_id"]].append((row, keys))
    by_person: dict[int, list[ToldFact]] = defaultdict(list)
    for fact in told:
        _link(fact, threads)
        by_person[fact.person].append(fact)
    for person in by_person.keys() | imported.keys():
        _compare_one(
            table, by_person[person], imported[person], typed[person], known.taken_out, hashes, changes
        )
    for fact in _threaded(changes):
        if fact.id is not None:
            threads[table.table, fact.id] = fact.thread
    return changes


def _link(fact: ToldFact, threads: Mapping[tuple[str, str], int]) -> None:
    for link in fact.table.links:
        there = fact.values[link.field]
        if isinstance(there, str):
            fact.values[link.field] = threads.get((link.table, there))


def _threaded(changes: Changes) -> Iterable[ToldFact]:
    for fact in changes.new:
        fact.thread = new_id()
    matched = [(fact, row) for fact, row, _ in changes.next] + changes.same + changes.against_typed
    for fact, row in matched:
        fact.thread = row["thread"]
    return [*changes.new, *(fact for fact, _ in matched)]


def _compare_one(
    table: FactTable,
    told: list[ToldFact],
    imported: list[Known],
    typed: list[tuple[Known, set[tuple[Any, ...]]]],
    taken_out: set[tuple[int, tuple[Any, ...]]],
    hashes: Callable[[Known], frozenset[str]],
    changes: Changes,
) -> None:
    """Match one person's facts: those typed here first, then equal ones, then by key, then by source."""
    left = [
        fact
        for fact in _in_order(table, told)
        if (fact.person, key_of(table, fact.values)) not in taken_out
        and not _is_typed_over(table, fact, typed, changes)
    ]
    rest = sorted(imported, key=lambda row: row["pk"])
    left, rest = _match(left, rest, lambda fact, row: _equal(table, fact, row), table, changes)
    left, rest = _match(
        left, rest, lambda fact, row: key_of(table, fact.values) == key_of(table, row), table, changes
    )
    if left and rest:
        behind = {row["pk"]: hashes(row) for row in rest}
        left, rest = _match(
            left, rest, lambda fact, row: not behind[row["pk"]].isdisjoint(fact.sources), table, changes
        )
    changes.new += left
    changes.gone += rest


def _is_typed_over(
    table: FactTable, fact: ToldFact, typed: list[tuple[Known, set[tuple[Any, ...]]]], changes: Changes
) -> bool:
    key = key_of(table, fact.values)
    for row, keys in typed:
        if key in keys:
            changes.against_typed.append((fact, row))
            return True
    return False


def _match(
    left: list[ToldFact],
    rest: list[Known],
    is_same: Callable[[ToldFact, Known], bool],
    table: FactTable,
    changes: Changes,
) -> tuple[list[ToldFact], list[Known]]:
    unmatched = []
    for fact in left:
        row = next((row for row in rest if is_same(fact, row)), None)
        if row is None:
            unmatched.append(fact)
            continue
        rest = [other for other in rest if other is not row]
        if _equal(table, fact, row):
            changes.same.append((fact, row))
        else:
            changes.next.append((fact, row, ending(table, fact.values, row)))
    return unmatched, rest


def _in_order(table: FactTable, told: list[ToldFact]) -> list[ToldFact]:
    return sorted(told, key=lambda fact: [str(fact.values[name]) for name in table.fields])


def key_of(table: FactTable, values: Mapping[str, Any]) -> tuple[Any, ...]:
    """What makes it the same fact over its versions, within one person."""
    return tuple(values[name] for name in table.key)


def _equal(table: FactTable, fact: ToldFact, row: Known) -> bool:
    return all(fact.values[name] == row[name] for name in table.fields)


def ending(table: FactTable, values: Mapping[str, Any], row: Mapping[str, Any]) -> Ending:
    """Continued where only what was open has been filled; otherwise corrected."""
    changed = [name for name in table.fields if values[name] != row[name]]
    filled = all(name in table.ends and row[name] in (None, "", []) for name in changed)
    return Ending.CONTINUED if filled else Ending.CORRECTED
