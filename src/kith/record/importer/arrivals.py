"""Writing down what came: people, files, rows, rejects, and what somebody should look at."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone

from kith.record.audit.models import Batch
from kith.record.extract.mapping import FactTable
from kith.record.importer.compare import Changes
from kith.record.importer.counts import Counts, FileCounts
from kith.record.importer.files_in import FileIn
from kith.record.importer.incoming import Incoming
from kith.record.importer.models import Difference, Outcome, Reject, SourceFile, SourceRow, Unreturned
from kith.record.importer.rows import Row
from kith.record.importer.told import ToldFact
from kith.record.importer.write import ROWS_A_WRITE, set_field
from kith.record.people.models import Person
from kith.record.people.staff import leave_with_the_unallocated


def add_persons(came: Incoming) -> None:
    """People the record did not know; their facts follow."""
    now = timezone.now()
    Person.objects.bulk_create(
        [Person(id=person, created_at=now) for person in sorted(came.new_persons)], batch_size=ROWS_A_WRITE
    )


def store(came: Incoming, batch: Batch) -> list[FileCounts]:
    """Store files with their counts, rows and rejects; the six counts of each file."""
    counted = []
    for file in came.files:
        counts = _counts(file)
        file.stored = SourceFile.objects.create(
            batch=batch,
            name=file.name[:300],
            sha256=file.sha256,
            return_kind=file.kind,
            year=file.year,
            authority=file.authority,
            table=file.table,
            types=file.types,
            same_as=file.same_as,
            rows_read=counts.read,
            **{name: count for name, count in counts.as_dict().items() if name != "read"},
        )
        is_repeat = file.same_as is not None
        counted.append(FileCounts(file.name, file.kind, file.year, file.table, counts, is_repeat))
    set_field(SourceRow, came.replaced, replaced_by=batch)
    _store_rows(came)
    _store_rejects(came, batch)
    Unreturned.objects.bulk_create(
        [
            Unreturned(batch=batch, file=file[:300], line=line, table=table, child=child, reason=reason[:500])
            for file, line, table, child, reason in came.unreturned
        ],
        batch_size=ROWS_A_WRITE,
    )
    return counted


def _counts(file: FileIn) -> Counts:
    """The six counts; a line rejected for two reasons is one row, and a reason about a whole file none."""
    counts: dict[str, int] = defaultdict(int)
    for row in file.rows:
        counts[row.outcome] += 1
    counts[Outcome.UNCHANGED] += file.repeated
    counts[Outcome.REJECTED] = len({reject.line for reject in file.rejects if reject.line is not None})
    return Counts(**{str(name): count for name, count in counts.items()})


def _store_rows(came: Incoming) -> None:
    """Store the rows and remember their ids, by person and hash."""
    rows = [(row, _source_row(row, file, came)) for file in came.files for row in file.rows]
    SourceRow.objects.bulk_create([stored for _, stored in rows], batch_size=ROWS_A_WRITE)
    ids: dict[tuple[int, str], list[int]] = defaultdict(list)
    for old in came.stored:
        if not old.is_undone and old.pk not in came.replaced and old.replaced_by_id is None:
            ids[old.person_id or 0, old.hash].append(old.pk)
    for _, stored in rows:
        ids[stored.person_id or 0, stored.hash].append(stored.pk)
    came.row_ids = ids


def _source_row(row: Row, file: FileIn, came: Incoming) -> SourceRow:
    return SourceRow(
        file=file.stored,
        line=row.line,
        return_kind=row.kind,
        year=row.year,
        table=row.table,
        child=row.child,
        authority=row.authority,
        person_id=came.persons.get((row.authority, row.child)),
        hash=row.hash,
        values=row.values,
        outcome=row.outcome,
    )


def _store_rejects(came: Incoming, batch: Batch) -> None:
    Reject.objects.bulk_create(
        [
            Reject(
                batch=batch,
                file=clean(reject.file)[:300],
                line=reject.line,
                column=(reject.column or "")[:60],
                reason=clean(reject.reason)[:500],
                row=clean(reject.row)[:500],
            )
            for file in came.files
            for reject in file.rejects
        ],
        batch_size=ROWS_A_WRITE,
    )


def clean(text: str) -> str:
    """Text that either database can hold: NUL becomes the replacement mark."""
    return text.replace("\x00", "\ufffd")


def rows_behind(came: Incoming) -> Callable[[ToldFact], list[int]]:
    """How to find the stored rows that gave a fact."""
    return lambda fact: sorted(
        {pk for digest in fact.sources for pk in came.row_ids.get((fact.person, digest), ())}
    )


def leave_unallocated(came: Incoming, batch: Batch, now: datetime) -> None:
    """Put new people with the team of those whom nobody has yet (D8), whatever worker a file names.

    It comes before the facts: a worker whom only a file names is nobody here.
    """
    people = sorted(came.new_persons | came.back)
    leave_with_the_unallocated(people, batch=batch, on=timezone.localdate(now))


def list_differences(changes: Mapping[FactTable, Changes], batch: Batch) -> int:
    """List where the files differ from what somebody here wrote; how many there are."""
    listed = [
        Difference(
            batch=batch,
            person_id=fact.person,
            fact_table=table.name,
            fact_thread=row["thread"],
            text=words[:500],
        )
        for table, change in changes.items()
        for fact, row in change.against_typed
        if (words := _difference(table, fact, row))
    ]
    Difference.objects.bulk_create(listed, batch_size=ROWS_A_WRITE)
    return len(listed)


def _difference(table: FactTable, fact: ToldFact, row: Mapping[str, Any]) -> str:
    """Each field in which they differ, in words; empty where they agree or the file says nothing."""
    told_fields = [*table.columns.values(), *table.others.values()]
    return "; ".join(
        f"{_field_words(name)}: the record has {_shown(row[name])}, the file {_shown(fact.values[name])}"
        for name in told_fields
        if fact.values[name] not in (None, "", []) and row[name] != fact.values[name]
    )


def _field_words(name: str) -> str:
    return name.removesuffix("_id").replace("_", " ")


def _shown(value: Any) -> str:
    if value is None or value == "" or value == []:
        return "nothing"
    return {True: "yes", False: "no"}.get(value, str(value)) if isinstance(value, bool) else str(value)
