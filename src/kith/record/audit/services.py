"""Writing down who looked and who wrote, in the same transaction as the look or the act (law 5, D9).

`record` for an act or a look at one person, `record_many` for each name shown in a list.
`record_read` is for looks that may go on when the audit cannot be written (duty, out of hours);
within `looks_together`, all the looks of one page are one write.
"""

import logging
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Protocol

from django.db import DatabaseError, transaction
from django.utils import timezone

from kith.record.audit import journal
from kith.record.audit.models import Entry
from kith.record.refusals import Refused

log = logging.getLogger("kith.audit")
ENTRIES_A_WRITE = 2_000

_waiting: ContextVar[list[tuple[Entry, bool]] | None] = ContextVar("waiting", default=None)


class AuditUnavailable(Refused):
    """The audit could not be written, so what it should have told of was not done."""

    def __init__(self) -> None:
        super().__init__(
            "Kith could not write down that you looked, so it has not shown you anything.",
            "Try again in a minute. If it goes on, ring the help desk: the audit is not working.",
        )


class HasId(Protocol):
    @property
    def pk(self) -> Any: ...


def record(
    act: str,
    *,
    by: HasId | None,
    person: HasId | int | None = None,
    about: Mapping[str, Any] | None = None,
) -> Entry:
    """Return the entry written: `by` did `act` (a verb, such as `child_placed`) to `person`.

    `by` is None when Kith itself acted. `about` holds plain values and ids.
    Raises AuditUnavailable when it cannot be written; the caller's transaction then has to end.
    """
    return _write([_entry(act, by, person, about)])[0]


def record_many(
    act: str,
    *,
    by: HasId | None,
    persons: Iterable[HasId | int],
    about: Mapping[str, Any] | None = None,
) -> list[Entry]:
    """Return one entry a person, written together: `name_shown` for each name in a list."""
    return _write([_entry(act, by, person, about) for person in persons])


def record_read(
    act: str,
    *,
    by: HasId | None,
    persons: Iterable[HasId | int | None],
    about: Mapping[str, Any] | None = None,
    may_journal: bool,
) -> None:
    """Write down a look at each of `persons`; raises AuditUnavailable when it must not go on.

    With `may_journal` (duty and out-of-hours), a look that the database cannot take is written to
    the journal on this machine, and the alarm is raised; if that fails too, it is refused. D9.
    """
    entries = [_entry(act, by, person, about) for person in persons]
    waiting = _waiting.get()
    if waiting is None:
        _write_looks(entries, may_journal)
    else:
        waiting.extend((entry, may_journal) for entry in entries)


@contextmanager
def looks_together() -> Iterator[None]:
    """Within, looks wait, and are written at its end, in one transaction; also when it ends in an error.

    Only around work that shows nothing before it ends: a page is made within, and sent after. Raises
    AuditUnavailable at its end, as `record_read` does, and then nothing made within may be shown.
    """
    waiting: list[tuple[Entry, bool]] = []
    token = _waiting.set(waiting)
    try:
        yield
    finally:
        _waiting.reset(token)
        _write_looks([entry for entry, _ in waiting], all(may_journal for _, may_journal in waiting))


def _write_looks(entries: list[Entry], may_journal: bool) -> None:
    try:
        _write(entries)
    except AuditUnavailable:
        if not may_journal:
            raise
        log.critical("The audit is down: %d looks go to the journal on this machine", len(entries))
        try:
            journal.append(entries)
        except OSError as failure:
            log.critical("The audit journal cannot be written either: looks are refused (%s)", failure)
            raise AuditUnavailable from failure


def replay_journal() -> int:
    """Bring looks that the journal took into the audit, each once; returns how many were new (D9)."""
    return journal.replay()


def _entry(act: str, by: HasId | None, person: HasId | int | None, about: Mapping[str, Any] | None) -> Entry:
    person_id = person if isinstance(person, int) or person is None else person.pk
    return Entry(
        at=timezone.now(),
        actor_id=by.pk if by else None,
        act=act,
        person_id=person_id,
        about={name: _keepable(value) for name, value in (about or {}).items()},
    )


def _keepable(value: Any) -> Any:
    """The value without NULs, which PostgreSQL cannot keep: one would bar the whole entry."""
    return value.replace("\x00", "") if isinstance(value, str) else value


def _write(entries: list[Entry]) -> list[Entry]:
    if not entries:
        return []
    try:
        with transaction.atomic():
            return Entry.objects.bulk_create(entries, batch_size=ENTRIES_A_WRITE)
    except DatabaseError as failure:
        log.critical("The audit could not be written: %s", type(failure).__name__)
        raise AuditUnavailable from failure
