"""What is left when an import is taken out: rows that still count, and the facts they tell."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from kith.record.audit.models import Batch
from kith.record.extract.mapping import FACTS, FactTable
from kith.record.facts import Ending
from kith.record.importer.incoming import acceptable, group_of, tell
from kith.record.importer.known import in_chunks, source_rows_of
from kith.record.importer.models import SourceFile, SourceRow
from kith.record.importer.told import ToldFact
from kith.record.importer.write import set_field
from kith.record.people.models import Allocation


@dataclass
class Left:
    """What is left. `moved`: files of this import whose rows a later import of the same content keeps."""

    batch: Batch
    persons: list[int] = field(default_factory=list)
    stored: list[SourceRow] = field(default_factory=list)
    undone: set[int] = field(default_factory=set)
    replaced: dict[int | None, set[int]] = field(default_factory=lambda: defaultdict(set))
    moved: dict[int, SourceFile] = field(default_factory=dict)
    told: dict[FactTable, list[ToldFact]] = field(default_factory=lambda: {table: [] for table in FACTS})
    row_ids: dict[tuple[int, str], list[SourceRow]] = field(default_factory=lambda: defaultdict(list))

    def rows_behind(self, fact: ToldFact) -> list[int]:
        return sorted({row.pk for row in self._rows(fact)})

    def batch_of(self, fact: ToldFact) -> int:
        """The newest import whose rows tell the fact."""
        return max((_batch(row, self) for row in self._rows(fact)), default=self.batch.pk)

    def _rows(self, fact: ToldFact) -> Iterable[SourceRow]:
        return [row for digest in fact.sources for row in self.row_ids.get((fact.person, digest), ())]


def _batch(row: SourceRow, left: Left) -> int:
    file = left.moved.get(row.file_id, row.file)
    return int(file.batch_id)


def without(batch: Batch) -> Left:
    """What the record would hold without this import; nothing is written."""
    left = Left(batch)
    left.moved = _kept_by_later(batch)
    theirs = SourceRow.objects.filter(file__batch=batch).exclude(file_id__in=left.moved)
    left.undone = set(theirs.values_list("pk", flat=True))
    people = theirs.exclude(person=None).values_list("person_id", flat=True)
    left.persons = sorted(set(people))
    left.stored = source_rows_of(left.persons)
    by_authority: dict[str, list[SourceRow]] = defaultdict(list)
    for row in _counting_again(left):
        by_authority[row.authority].append(row)
        left.row_ids[row.person_id or 0, row.hash].append(row)
    for authority, rows in by_authority.items():
        persons = {row.child: row.person_id for row in rows if row.person_id is not None}
        _tell(left, rows, persons, authority)
    return left


def _kept_by_later(batch: Batch) -> dict[int, SourceFile]:
    """Files of this import that came again in one that stands: their rows go over to it."""
    kept: dict[int, SourceFile] = {}
    again = SourceFile.objects.filter(same_as__batch=batch, batch__undone_at=None).exclude(batch=batch)
    for file in again.order_by("pk"):
        kept.setdefault(file.same_as_id or 0, file)
    return kept


def _counting_again(left: Left) -> list[SourceRow]:
    """Rows that count once the import is out: those it had replaced count again, unless a newer file
    of that return replaces them too."""
    then = {
        group_of(row): row.replaced_by_id
        for row in left.stored
        if row.pk in left.undone and row.replaced_by_id is not None
    }
    counting = []
    for row in left.stored:
        if row.is_undone or row.pk in left.undone:
            continue
        if row.replaced_by_id == left.batch.pk:
            now_replaced_by = then.get(group_of(row))
            left.replaced[now_replaced_by].add(row.pk)
            if now_replaced_by is None:
                counting.append(row)
        elif row.replaced_by_id is None:
            counting.append(row)
    return counting


def _tell(left: Left, rows: list[SourceRow], persons: dict[str, int], authority: str) -> None:
    for table, facts in acceptable(tell(rows, [], [], persons, authority)).items():
        left.told[table] += facts


def mark(left: Left) -> None:
    """Mark rows as undone or counting again, and hand rows over to the import that told them again."""
    for old, new in left.moved.items():
        SourceRow.objects.filter(file_id=old).update(file=new)
        SourceFile.objects.filter(same_as_id=old).exclude(pk=new.pk).update(same_as=new)
        types = SourceFile.objects.get(pk=old).types
        SourceFile.objects.filter(pk=new.pk).update(same_as=None, types=types)
    for replaced_by, ids in left.replaced.items():
        set_field(SourceRow, ids, replaced_by=replaced_by)
    set_field(SourceRow, left.undone, is_undone=True)


def hide(left: Left, now: datetime, reason: str) -> int:
    """End the stand-in allocation of people who have no fact left; how many people that hides."""
    shown: set[int] = set()
    models = {table.model for table in FACTS}
    for chunk in in_chunks(left.persons):
        for model in models:
            facts: Any = model.current.filter(person_id__in=chunk)
            if model is Allocation:
                facts = facts.exclude(team__is_unallocated=True, batch__isnull=False)
            shown |= set(facts.values_list("person_id", flat=True))
    gone = [person for person in left.persons if person not in shown]
    for chunk in in_chunks(gone):
        Allocation.current.filter(person_id__in=chunk, team__is_unallocated=True).exclude(batch=None).update(
            superseded_at=now, ended_as=Ending.UNDONE, ended_because=reason[:300]
        )
    return len(gone)
