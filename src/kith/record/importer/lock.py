"""One import at a time: a row that says who is at work, and frees itself if they were killed."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from kith.record.importer.models import ImportLock
from kith.record.refusals import NotPossible

NAME = "import"
LEASE = timedelta(minutes=15)  # longer than any stage of an import; each stage renews it


class ImportRunning(NotPossible):
    """Another import or undo is at work."""

    def __init__(self, held_for: str, since: datetime) -> None:
        super().__init__(
            f"Another import is at work: {held_for}, since {timezone.localtime(since):%H:%M}. "
            "Nothing of yours was changed.",
            "Wait until it has ended, then try again.",
        )


class Held:
    """The lock, held. `renew` moves its end on; it raises ImportRunning if somebody else has it now."""

    def __init__(self, token: str) -> None:
        self.token = token

    def renew(self) -> None:
        ours = ImportLock.objects.filter(name=NAME, token=self.token)
        if not ours.update(expires_at=timezone.now() + LEASE):
            lock = ImportLock.objects.filter(name=NAME).first()
            raise ImportRunning(
                lock.held_for if lock else "it was stopped", lock.taken_at if lock else timezone.now()
            )


@contextmanager
def only_one(held_for: str) -> Iterator[Held]:
    """Hold the lock while the block runs. Raises ImportRunning when another import has it.

    A lock whose time is past belonged to an import that was killed, and is taken over.
    """
    held = _take(held_for)
    try:
        yield held
    finally:
        ImportLock.objects.filter(name=NAME, token=held.token).delete()


def _take(held_for: str) -> Held:
    now, token = timezone.now(), secrets.token_hex(16)
    ImportLock.objects.filter(name=NAME, expires_at__lt=now).delete()
    try:
        with transaction.atomic():
            ImportLock.objects.create(
                name=NAME, token=token, held_for=held_for[:300], taken_at=now, expires_at=now + LEASE
            )
    except IntegrityError:
        lock = ImportLock.objects.filter(name=NAME).first()
        raise ImportRunning(lock.held_for if lock else "", lock.taken_at if lock else now) from None
    return Held(token)
