"""One import at a time: a sign of life, gone when its keeper is, and a row that says who is at work."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.utils import timezone

from kith.record.importer.alive import IMPORT, StillThere, Taken, sign_of_life
from kith.record.importer.models import ImportLock
from kith.record.refusals import NotPossible

NAME = "import"


class ImportRunning(NotPossible):
    """Another import or undo is at work."""

    def __init__(self, held_for: str, since: datetime) -> None:
        super().__init__(
            f"Another import is at work: {held_for}, since {timezone.localtime(since):%H:%M}. "
            "Nothing of yours was changed.",
            "Wait until it has ended, then try again.",
        )


class Held:
    """The lock, held. `check` raises ImportRunning when it was lost, so that two never write at once."""

    def __init__(self, still_there: StillThere) -> None:
        self.still_there = still_there

    def check(self) -> None:
        if not self.still_there():
            raise _running()


@contextmanager
def only_one(held_for: str) -> Iterator[Held]:
    """Hold the lock while the block runs. Raises ImportRunning when another import has it.

    The lock of an import that was killed is free at once; the row that it left is taken over.
    """
    try:
        with sign_of_life(IMPORT) as still_there:
            said = {"held_for": held_for[:300], "taken_at": timezone.now()}
            ImportLock.objects.update_or_create(name=NAME, defaults=said)
            try:
                yield Held(still_there)
            finally:
                ImportLock.objects.filter(name=NAME).delete()
    except Taken:
        raise _running() from None


def _running() -> ImportRunning:
    lock = ImportLock.objects.filter(name=NAME).first()
    if lock is None:
        return ImportRunning("it has just begun or ended", timezone.now())
    return ImportRunning(lock.held_for, lock.taken_at)
