"""What is about to come in: rows named by what they do, people, and the facts they tell.

Everything here is worked out before anything is written.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import polars as pl

from kith.dataset.dataset import Dataset
from kith.dataset.returns import HASH_COLUMN, Return
from kith.record.extract.mapping import FACTS, FactTable
from kith.record.facts import new_id
from kith.record.importer import ssd
from kith.record.importer.compare import key_of
from kith.record.importer.files_in import FileIn, files_of, put_rows, reject, without_repeats
from kith.record.importer.folding import facts_from, not_given_back
from kith.record.importer.known import persons_by_child_id, source_rows_of
from kith.record.importer.models import SourceRow
from kith.record.importer.rows import (
    CHILD,
    Ledger,
    Row,
    returns_again,
    stored_as_rows,
)
from kith.record.importer.told import ToldFact, told_by, unacceptable

Reach = Callable[[str, int, int], None]
TIMES_TO_SET_ASIDE = 5
CARE_LINES = {"kith_periods_of_care", "ssd_legal_status", "ssd_cla_placement"}


@dataclass
class Incoming:
    """Everything an import found out before it writes. `persons`: (authority, child id) -> person.

    `back` are people who were hidden when an import was undone, and come again.
    """

    files: list[FileIn] = field(default_factory=list)
    persons: dict[tuple[str, str], int] = field(default_factory=dict)
    new_persons: set[int] = field(default_factory=set)
    back: set[int] = field(default_factory=set)
    stored: list[SourceRow] = field(default_factory=list)
    replaced: set[int] = field(default_factory=set)
    told: dict[FactTable, list[ToldFact]] = field(default_factory=lambda: {table: [] for table in FACTS})
    unreturned: list[tuple[str, int | None, str, str, str]] = field(default_factory=list)
    row_ids: dict[tuple[int, str], list[int]] = field(default_factory=dict)

    @property
    def known_persons(self) -> list[int]:
        return sorted(set(self.persons.values()) - self.new_persons)


def from_returns(returns: Sequence[Return], authority: str, reach: Reach) -> Incoming:
    """What these returns bring, worked out one authority at a time."""
    came = Incoming()
    by_authority: dict[str, list[Return]] = defaultdict(list)
    for one in returns:
        by_authority[one.authority or authority].append(one)
    for of, theirs in by_authority.items():
        _of_one_authority(came, sorted(theirs, key=lambda one: (one.year, one.kind)), of, reach)
    return came


def _of_one_authority(came: Incoming, returns: list[Return], authority: str, reach: Reach) -> None:
    reach("Reading rows", 0, len(returns))
    fresh: list[Return] = []
    files: list[FileIn] = []
    for done, one in enumerate(returns, start=1):
        theirs = files_of(one, authority)
        fresh.append(put_rows(without_repeats(one, theirs), theirs, authority))
        files += theirs
        reach("Reading rows", done, len(returns))
    came.files += files
    persons = _persons(came, files, authority)
    stored = source_rows_of(set(persons.values()) - came.new_persons)
    came.stored += stored
    counting = [row for row in stored if not row.is_undone and row.replaced_by_id is None]
    replaced = _replaced(files, counting)
    came.replaced |= replaced
    _name_rows(files, counting)
    left = [row for row in counting if row.pk not in replaced]
    reach("Working out what happened", 0, 1)
    told, dataset = _told(fresh, files, left, persons, authority)
    for table, facts in told.items():
        came.told[table] += facts
    reach("Checking what can be given back", 0, 1)
    came.unreturned += not_given_back([one for one in fresh if one.tables], dataset, authority)


def _persons(came: Incoming, files: list[FileIn], authority: str) -> dict[str, int]:
    children = {row.child for file in files for row in file.rows if row.child}
    persons, back = persons_by_child_id(authority, children)
    came.back |= back
    for child in sorted(children - persons.keys()):
        persons[child] = new_id()
        came.new_persons.add(persons[child])
    came.persons |= {(authority, child): person for child, person in persons.items()}
    return persons


def _replaced(files: list[FileIn], counting: list[SourceRow]) -> set[int]:
    """Stored rows that a newer file of the same return tells again for the same child.

    An SSDA903 file is one table; a CIN census tells all tables of a child at once.
    """
    repeated = {file.same_as.pk for file in files if file.same_as}
    again = {group_of(row) for file in files for row in file.rows}
    return {row.pk for row in counting if row.file_id not in repeated and group_of(row) in again}


def group_of(row: Row | SourceRow) -> tuple[Any, ...]:
    """Rows that one file of a return tells together, for one child."""
    kind = row.kind if isinstance(row, Row) else row.return_kind
    return (row.authority, kind, row.year, row.child, "" if kind == "cin" else row.table)


def _name_rows(files: list[FileIn], counting: list[SourceRow]) -> None:
    ledger = Ledger()
    for row in stored_as_rows(counting):
        ledger.remember(row)
    for file in sorted(files, key=lambda file: file.year):
        for row in file.rows:
            row.outcome = ledger.name(row)


def _told(
    fresh: list[Return],
    files: list[FileIn],
    left: list[SourceRow],
    persons: Mapping[str, int],
    authority: str,
) -> tuple[dict[FactTable, list[ToldFact]], Dataset]:
    """The facts told by the new rows and those stored, after setting aside rows the record cannot hold."""
    for _ in range(TIMES_TO_SET_ASIDE):
        told, dataset = _tell(left, [], fresh, persons, authority)
        bad = _set_aside(told, files, persons)
        if not bad:
            break
        fresh = [_without(one, bad) for one in fresh]
    return acceptable(told), dataset


def _set_aside(
    told: Mapping[FactTable, list[ToldFact]], files: list[FileIn], persons: Mapping[str, int]
) -> set[tuple[str, str]]:
    """Rows behind facts that the record cannot hold, each rejected with its reason."""
    why: dict[tuple[int, str], tuple[str, str]] = {}
    for facts in told.values():
        for fact, column, reason in unacceptable(facts):
            for digest in fact.sources:
                why.setdefault((fact.person, digest), (column, reason))
    if not why:
        return set()
    bad = set()
    for file in files:
        kept: list[Row] = []
        for row in file.rows:
            found = why.get((persons.get(row.child, 0), row.hash))
            if found is None:
                kept.append(row)
                continue
            file.rejects.append(reject(row, *found))
            bad.add((row.child, row.hash))
        file.rows = kept
    return bad


def _without(one: Return, bad: Iterable[tuple[str, str]]) -> Return:
    child = CHILD[one.kind]
    rows = pl.DataFrame(list(bad), schema={child: pl.String, HASH_COLUMN: pl.String}, orient="row")
    tables = {
        table: frame.join(rows, on=[child, HASH_COLUMN], how="anti", maintain_order="left")
        if child in frame.columns
        else frame
        for table, frame in one.tables.items()
    }
    return replace(one, tables=tables)


def from_dataset(dataset: Dataset, authority: str, name: str, year: int | None, reach: Reach) -> Incoming:
    """What the tables of a dataset bring: each table is a file, and each row is kept by its id there."""
    came = Incoming()
    files: dict[str, FileIn] = {}
    told_in = year or date.today().year
    for one in ssd.rows_in(dataset, authority, told_in):
        table = one.table if isinstance(one, Row) else one.file
        file = files.setdefault(table, FileIn(f"{name}/{table}", "", ssd.KIND, told_in, authority, table))
        if isinstance(one, Row):
            file.rows.append(one)
        else:
            file.rejects.append(replace(one, file=file.name))
    came.files = list(files.values())
    persons = _persons(came, came.files, authority)
    came.stored = source_rows_of(set(persons.values()) - came.new_persons)
    counting = [row for row in came.stored if not row.is_undone and row.replaced_by_id is None]
    came.replaced = _told_again_by_id(came.files, counting)
    _name_rows(came.files, counting)
    left = [row for row in counting if row.pk not in came.replaced]
    reach("Working out what happened", 0, 1)
    for _ in range(TIMES_TO_SET_ASIDE):
        came.told = tell(left, [row for file in came.files for row in file.rows], [], persons, authority)
        if not _set_aside(came.told, came.files, persons):
            break
    came.told = acceptable(came.told)
    came.unreturned = [(f"{name}/{table}", None, table, "", why) for table, why in ssd.not_kept(dataset)]
    return came


def _told_again_by_id(files: list[FileIn], counting: list[SourceRow]) -> set[int]:
    """Stored rows of an earlier extract whose id comes again."""
    again = {(row.child, row.hash) for file in files for row in file.rows}
    return {row.pk for row in counting if row.return_kind == ssd.KIND and (row.child, row.hash) in again}


def tell(
    stored: Sequence[SourceRow],
    extract_rows: Sequence[Row],
    fresh: Sequence[Return],
    persons: Mapping[str, int],
    authority: str,
) -> dict[FactTable, list[ToldFact]]:
    """The facts told together by stored rows, new extract rows and new returns of one authority.

    Where an extract and a return tell the same fact, the one of the later year is believed, and of one
    year the extract, which holds more. A child's care is told by an extract alone where it tells of it.
    """
    told, _ = _tell(stored, extract_rows, fresh, persons, authority)
    return told


def _tell(
    stored: Sequence[SourceRow],
    extract_rows: Sequence[Row],
    fresh: Sequence[Return],
    persons: Mapping[str, int],
    authority: str,
) -> tuple[dict[FactTable, list[ToldFact]], Dataset]:
    returns = [*returns_again(row for row in stored if row.return_kind != ssd.KIND), *fresh]
    dataset = facts_from([one for one in returns if one.tables], authority)
    told = told_by(dataset, persons, authority)
    kept: list[SourceRow] = [row for row in stored if row.return_kind == ssd.KIND]
    if not kept and not extract_rows:
        return told, dataset
    both: list[SourceRow | Row] = [*kept, *extract_rows]
    extract = ssd.told_again(both, persons, authority)
    latest_extract = max(row.year for row in both)
    latest_return = max((one.year for one in returns), default=0)
    first, second = (extract, told) if latest_extract >= latest_return else (told, extract)
    believed = {table: _believed(table, first[table], second[table]) for table in FACTS}
    return believed | _care_lines(extract, told), dataset


def _care_lines(
    extract: Mapping[FactTable, list[ToldFact]], returns: Mapping[FactTable, list[ToldFact]]
) -> dict[FactTable, list[ToldFact]]:
    """The three time lines of care, each child's from one source alone: the extract where it tells of them.

    A return starts part-way through a period that an extract tells whole. Joined fact by fact, the child
    would be in care twice.
    """
    lines = [table for table in FACTS if table.table in CARE_LINES]
    whole = {fact.person for table in lines for fact in extract[table]}
    return {
        table: [*extract[table], *(fact for fact in returns[table] if fact.person not in whole)]
        for table in lines
    }


def _believed(table: FactTable, first: list[ToldFact], second: list[ToldFact]) -> list[ToldFact]:
    """Every fact of `first`, and those of `second` that it does not tell.

    No return tells who decided, or in which team: where `second` does, a later return does not take it away.
    """
    told = {(fact.person, key_of(table, fact.values)): fact for fact in first}
    rest = []
    for fact in second:
        same = told.get((fact.person, key_of(table, fact.values)))
        if same is None:
            rest.append(fact)
            continue
        for link in table.staff:
            same.values[link.field] = same.values[link.field] or fact.values[link.field]
    return [*first, *rest]


def acceptable(told: Mapping[FactTable, list[ToldFact]]) -> dict[FactTable, list[ToldFact]]:
    """The facts without those that the record's tables cannot hold."""
    cannot = {id(fact) for facts in told.values() for fact, _, _ in unacceptable(facts)}
    return {table: [fact for fact in facts if id(fact) not in cannot] for table, facts in told.items()}
