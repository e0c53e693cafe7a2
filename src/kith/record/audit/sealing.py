"""Sealing the audit with a chain of hashes, so that a changed, missing or added entry shows.

Each entry's hash takes in the one before it, across seals. Keep the newest seal's hash somewhere
else as well (the log has it): it alone shows that the end of the chain was not cut off.
"""

import hashlib
import json
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC

from django.db import OperationalError, connection, transaction
from django.db.models import Max

from kith.record.audit.models import Entry, Seal

log = logging.getLogger("kith.audit")

ENTRIES_A_SEAL = 1_000
LOCK_NOT_AVAILABLE = "55P03"  # PostgreSQL's word for a lock that did not come in time
MARK = 12  # letters of the chain's hash kept for each entry, to say where it broke


@dataclass(frozen=True)
class Verified:
    """What a check of the seals found: how many entries agree, and the first that does not."""

    entries: int
    first_broken: int | None = None
    because: str = ""

    @property
    def holds(self) -> bool:
        return self.first_broken is None


def seal() -> list[Seal]:
    """Return the new seals, over every entry written since the last one (1,000 entries a seal at most)."""
    newest = _newest_settled_entry()
    made: list[Seal] = []
    while (one := _seal_next(newest)) is not None:
        made.append(one)
    if made:
        log.info("The audit is sealed up to entry %d: %s", made[-1].last_entry, made[-1].hash)
    return made


def verify() -> Verified:
    """Check every seal against the entries; says how many agree, or the first that is broken."""
    checked, hash_, after = 0, "", 0
    for one in Seal.objects.order_by("last_entry").iterator():
        if one.previous_hash != hash_ or one.first_entry <= after:
            return Verified(checked, one.first_entry, "The seal before it is missing or was changed.")
        broken, count, hash_ = _check(one, after, hash_)
        if broken is not None:
            return Verified(checked + count, *broken)
        checked, after = checked + count, one.last_entry
    return Verified(checked)


def _check(one: Seal, after: int, hash_: str) -> tuple[tuple[int, str] | None, int, str]:
    """What is broken in one seal (entry and why, or None), how many entries agree, and the hash reached."""
    marks = iter(one.marks)
    count = 0
    for entry_id, reached in _chain(after, one.last_entry, hash_):
        hash_ = reached
        sealed_id, mark = next(marks, (None, ""))
        if sealed_id is None or entry_id < sealed_id:
            return (entry_id, "This entry was put in after the sealing."), count, hash_
        if entry_id > sealed_id:
            return (sealed_id, "This entry is missing."), count, hash_
        if not hash_.startswith(mark):
            return (entry_id, "This entry was changed."), count, hash_
        count += 1
    if (left := next(marks, None)) is not None:
        return (left[0], "This entry is missing."), count, hash_
    if hash_ != one.hash:
        return (one.first_entry, "The seal itself was changed."), count, hash_
    return None, count, hash_


@transaction.atomic
def _seal_next(newest: int) -> Seal | None:
    _wait_for_other_sealers()
    last = Seal.objects.order_by("-last_entry").first()
    after, previous = (last.last_entry, last.hash) if last else (0, "")
    ids = list(
        Entry.objects.filter(id__gt=after, id__lte=newest)
        .order_by("id")
        .values_list("id", flat=True)[:ENTRIES_A_SEAL]
    )
    if not ids:
        return None
    chain = list(_chain(after, ids[-1], previous))
    return Seal.objects.create(
        first_entry=ids[0],
        last_entry=ids[-1],
        previous_hash=previous,
        hash=chain[-1][1],
        marks=[[entry_id, hash_[:MARK]] for entry_id, hash_ in chain],
    )


def _wait_for_other_sealers() -> None:
    """Let one at a time seal, to the end of the transaction: two seals over the same entries break the chain.

    SQLite lets one write at a time anyway.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("LOCK TABLE audit_seal IN SHARE ROW EXCLUSIVE MODE")


def _chain(after: int, last: int, hash_: str) -> Iterator[tuple[int, str]]:
    """(id, hash up to and with it) for each entry after one id, up to another."""
    for entry in Entry.objects.filter(id__gt=after, id__lte=last).order_by("id").iterator(chunk_size=1_000):
        hash_ = hashlib.sha256(f"{hash_}\n{_as_sealed(entry)}".encode()).hexdigest()
        yield entry.pk, hash_


def _as_sealed(entry: Entry) -> str:
    """An entry as one text, the same on every database."""
    at = entry.at.astimezone(UTC).isoformat(timespec="microseconds")
    told = [entry.pk, at, entry.actor_id, entry.act, entry.person_id, entry.about, entry.journal_key]
    return json.dumps(told, sort_keys=True, ensure_ascii=True)


def _newest_settled_entry() -> int:
    """The newest entry below which no other can still appear; 0 while one is long in being written.

    On PostgreSQL an entry with a lower id may be written and not yet committed: wait for those a little.
    """
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute("SET LOCAL lock_timeout = '1s'")
                cursor.execute("LOCK TABLE audit_entry IN SHARE MODE")
            return Entry.objects.aggregate(newest=Max("id"))["newest"] or 0
    except OperationalError as fault:
        if getattr(fault.__cause__, "sqlstate", "") != LOCK_NOT_AVAILABLE:
            raise
        log.info("The audit is being written: the newest entries are sealed another time")
        return 0
