"""The journal: looks that the audit could not take, kept on this machine until it can (D9).

One line a look, JSON, flushed to the disk before the record is shown. Each line has a key, so that
bringing it in twice adds it once.
"""

import fcntl
import json
import logging
import os
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction

from kith.record.audit.models import Entry

log = logging.getLogger("kith.audit")


def path() -> Path:
    """Where the journal lies."""
    return Path(settings.HOME) / "audit-journal.jsonl"


def append(entries: Iterable[Entry]) -> None:
    """Add a line for each entry and wait until the disk has them; raises OSError when it cannot."""
    lines = "".join(_line(entry) for entry in entries)
    with _only_us(), path().open("a", encoding="utf-8") as file:
        path().chmod(0o600)
        if file.tell() and not _ends_a_line():
            file.write("\n")
        file.write(lines)
        file.flush()
        os.fsync(file.fileno())


def replay() -> int:
    """Bring the journal into the audit; returns how many looks were new to it.

    Call it when the database is back. The journal is then kept beside itself under the time of
    its replay. A line that cannot be read stays in that file, and the log says so.
    """
    with _only_us():
        if not path().exists():
            return 0
        entries = list(_entries(path()))
        with transaction.atomic():
            known = set(
                Entry.objects.filter(journal_key__in=[entry.journal_key for entry in entries]).values_list(
                    "journal_key", flat=True
                )
            )
            new = [entry for entry in entries if entry.journal_key not in known]
            Entry.objects.bulk_create(new, batch_size=2_000)
        path().rename(path().with_suffix(f".{datetime.now():%Y%m%d%H%M%S%f}.done"))
    return len(new)


def _line(entry: Entry) -> str:
    told = {
        "key": uuid.uuid4().hex,
        "at": entry.at.isoformat(),
        "actor_id": entry.actor_id,
        "act": entry.act,
        "person_id": entry.person_id,
        "about": entry.about,
    }
    return json.dumps(told) + "\n"


def _entries(file: Path) -> Iterator[Entry]:
    """The journal's looks; a line cut short by a power failure is left where it is, and told of."""
    for number, line in enumerate(file.read_text(encoding="utf-8", errors="replace").splitlines(), 1):
        try:
            told = json.loads(line)
            yield Entry(
                journal_key=told["key"],
                at=datetime.fromisoformat(told["at"]),
                actor_id=told["actor_id"],
                act=told["act"],
                person_id=told["person_id"],
                about=told["about"],
            )
        except (ValueError, KeyError, TypeError):
            log.critical("Line %d of the audit journal cannot be read; it stays in the file", number)


def _ends_a_line() -> bool:
    with path().open("rb") as file:
        file.seek(-1, os.SEEK_END)
        return file.read(1) == b"\n"


@contextmanager
def _only_us() -> Iterator[None]:
    """One process at a time writes or brings in the journal."""
    with path().with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
