"""Taking files into the record, and taking an import out again (D4, D6).

An import reads and compares first, and then writes everything in one transaction: killed half-way, it
leaves nothing. Only one import or undo is at work at a time (`lock`).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from kith.dataset.dataset import Dataset
from kith.dataset.returns import Return
from kith.record.audit.models import Batch
from kith.record.audit.services import record
from kith.record.extract.mapping import FactTable
from kith.record.facts import Ending
from kith.record.importer import arrivals, incoming, matches, sealing, undoing
from kith.record.importer.compare import Changes, compare
from kith.record.importer.counts import Counts, FileCounts
from kith.record.importer.incoming import Incoming
from kith.record.importer.known import NO_LONGER_TOLD, on_record
from kith.record.importer.lock import Held, only_one
from kith.record.importer.models import SourceRow
from kith.record.importer.told import ToldFact
from kith.record.importer.write import Writing, write_changes
from kith.record.people.models import User
from kith.record.people.permissions import check_can
from kith.record.refusals import NotPossible
from kith.standards.dates import day_in_words

Progress = Callable[[str, int, int], None]  # stage in words, how many are done, of how many


@dataclass(frozen=True)
class ImportResult:
    """What an import did: its batch, and the six counts of source rows, in all and for each file."""

    batch: Batch
    counts: Counts
    files: tuple[FileCounts, ...]
    facts: Mapping[str, int]
    differences: int
    unreturned: int


@dataclass(frozen=True)
class UndoResult:
    """What an undo did: facts taken back by what happened to them, and people no longer shown."""

    batch: Batch
    rows: int
    facts: Mapping[str, int]
    people_hidden: int


@dataclass
class Steps:
    """Tells how far the work is, and sees at each step that the lock is still held."""

    lock: Held
    progress: Progress | None = None

    def reach(self, stage: str, done: int, of: int) -> None:
        self.lock.check()
        if self.progress:
            self.progress(stage, done, of)


def import_returns(
    returns: Sequence[Return],
    *,
    by: User | None,
    authority: str,
    description: str,
    progress: Progress | None = None,
) -> ImportResult:
    """Take these returns into the record, and return what they did to it.

    `authority` is whose they are where a file does not tell (3 digits). `by` is None when Kith's own
    command imports. The same files twice change nothing; years may come in any order; what somebody
    here wrote stands, and is listed where a file differs. Raises NotAllowed and ImportRunning.
    """
    return _import(
        lambda steps: incoming.from_returns(returns, authority, steps.reach),
        by=by,
        description=description,
        progress=progress,
    )


def import_dataset(
    dataset: Dataset,
    *,
    by: User | None,
    authority: str,
    description: str,
    name: str = "dataset",
    year: int | None = None,
    progress: Progress | None = None,
) -> ImportResult:
    """Take the tables of a Standard Safeguarding Dataset extract into the record, row by row.

    Rows are kept by their ids there. A row of a table that the record does not hold yet is rejected
    with that reason. `year` is the END year of the extract; this year when left out.
    """
    return _import(
        lambda steps: incoming.from_dataset(dataset, authority, name, year, steps.reach),
        by=by,
        description=description,
        progress=progress,
    )


def _import(
    read: Callable[[Steps], Incoming], *, by: User | None, description: str, progress: Progress | None
) -> ImportResult:
    if by is not None:
        check_can("import_returns", by)
    with only_one(description) as lock:
        steps = Steps(lock, progress)
        came = read(steps)
        steps.reach("Comparing with the record", 0, 1)
        changes = changes_for(came.told, came.known_persons, came.stored)
        steps.reach("Writing", 0, 1)
        with transaction.atomic():
            lock.check()
            return _write(came, changes, by, description)


def changes_for(
    told: Mapping[FactTable, list[ToldFact]], persons: Sequence[int], stored: Sequence[SourceRow]
) -> dict[FactTable, Changes]:
    """What has to change for each kind of fact; only `persons` can have anything on record."""
    hashes = {row.pk: row.hash for row in stored}
    threads: dict[tuple[str, str], int] = {}
    return {
        table: compare(
            table,
            facts,
            on_record(table, persons),
            threads,
            lambda row: frozenset(hashes[pk] for pk in row["source_rows"] if pk in hashes),
        )
        for table, facts in told.items()
    }


def _write(
    came: Incoming, changes: Mapping[FactTable, Changes], by: User | None, description: str
) -> ImportResult:
    now = timezone.now()
    by_id = by.pk if by else None
    batch = Batch.objects.create(started_at=now, by_id=by_id, description=description[:300])
    arrivals.add_persons(came)
    arrivals.leave_unallocated(came, batch, now)
    files = arrivals.store(came, batch)
    rows = arrivals.rows_behind(came)
    facts = write_changes(
        changes,
        Writing(
            at=now,
            by_id=by_id,
            because=NO_LONGER_TOLD,
            batch_of=lambda fact: batch.pk,
            sources_of=lambda fact: rows(fact),
        ),
    )
    sealed = sealing.seal(changes, by=by)
    differences = arrivals.list_differences(changes, batch)
    matches.propose_matches(came)
    counts = sum((file.counts for file in files), Counts())
    batch.ended_at = timezone.now()
    batch.save(update_fields=["ended_at"])
    about = {"batch": batch.pk, **counts.as_dict(), "facts": facts, "sealed": len(sealed)}
    record("returns_imported", by=by, about=about)
    return ImportResult(batch, counts, tuple(files), facts, differences, len(came.unreturned))


def undo(batch: Batch, *, by: User | None, reason: str, progress: Progress | None = None) -> UndoResult:
    """Take an import out again, and return what that did.

    Its rows no longer count, and the facts become what the rows of other imports tell. Versions are
    kept, ended as undone; people who came with it alone are kept and not shown. What somebody here
    wrote stands. Raises NotAllowed, ImportRunning, and NotPossible when it was undone before.
    """
    if by is not None:
        check_can("import_returns", by)
    if not reason.strip():
        raise NotPossible("An undo needs a reason.", "Say in a few words why, so that others understand.")
    with only_one(f"undo of {batch.description}") as lock:
        steps = Steps(lock, progress)
        batch = Batch.objects.get(pk=batch.pk)
        if batch.undone_at:
            undone_at = timezone.localtime(batch.undone_at)
            when = f"{day_in_words(undone_at)} at {undone_at:%H:%M}"
            raise NotPossible(f"This import was undone already, on {when}.", "Nothing more is to be done.")
        steps.reach("Working out what is left", 0, 1)
        left = undoing.without(batch)
        changes = changes_for(left.told, left.persons, left.stored)
        steps.reach("Writing", 0, 1)
        with transaction.atomic():
            lock.check()
            return _take_out(batch, left, changes, by, reason)


def _take_out(
    batch: Batch,
    left: undoing.Left,
    changes: Mapping[FactTable, Changes],
    by: User | None,
    reason: str,
) -> UndoResult:
    now: datetime = timezone.now()
    by_id = by.pk if by else None
    undoing.mark(left)
    facts = write_changes(
        changes,
        Writing(
            at=now,
            by_id=by_id,
            because=reason,
            batch_of=left.batch_of,
            sources_of=left.rows_behind,
            gone_as=Ending.UNDONE,
            changed_as=Ending.UNDONE,
            changed_because=reason,
        ),
    )
    sealing.seal(changes, by=by)
    hidden = undoing.hide(left, now, reason)
    batch.undone_at, batch.undone_by_id = now, by_id
    batch.save(update_fields=["undone_at", "undone_by_id"])
    about: dict[str, Any] = {"batch": batch.pk, "reason": reason, "rows": len(left.undone), "people": hidden}
    record("import_undone", by=by, about={**about, "facts": facts})
    return UndoResult(batch, len(left.undone), facts, hidden)
