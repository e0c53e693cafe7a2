"""Signs of life: whether the process that said it was at work still is, told at once when it was killed.

A sign is a lock that whoever keeps it gives up by dying: with PostgreSQL an advisory lock of a connection
of its own, with SQLite a lock of the operating system on a file beside the database, and with a database in
memory, which no other process can see, an entry in this one.
"""

import fcntl
import os
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any

from django.db import DatabaseError, connection

IMPORT = 0  # the sign of the one import at work; a job's sign is its own number, which begins at 1
MAKING_READY = 2**31 - 1  # the sign of the one start that makes the record ready; no job has that number
KITH = 0x4B697468  # "Kith": keeps these locks apart from those of others in one database
ASK_AGAIN = 0.3  # seconds, of somebody who waits until another has finished
TRIES, PAUSE = 10, 0.05  # seconds; somebody who only asks holds a file's lock for an instant
_HERE: set[tuple[str, int]] = set()

StillThere = Callable[[], bool]


class Taken(Exception):
    """Somebody at work keeps this sign."""


@contextmanager
def sign_of_life(number: int) -> Iterator[StillThere]:
    """Keep a sign while the block runs; gives a function that says whether it is still kept.

    Raises Taken where somebody else keeps it.
    """
    keep = {"postgresql": _on_postgresql, "sqlite": _on_sqlite}[connection.vendor]
    with keep(number) as still_there:
        yield still_there


@contextmanager
def in_turn(number: int, waits: Callable[[], None]) -> Iterator[None]:
    """Keep a sign while the block runs, after whoever else keeps it; `waits` is called once, by who waits."""
    with ExitStack() as kept:
        try:
            kept.enter_context(sign_of_life(number))
        except Taken:
            waits()
            _wait_for(kept, number)
        yield


def _wait_for(kept: ExitStack, number: int) -> None:
    while True:
        with suppress(Taken):
            kept.enter_context(sign_of_life(number))
            return
        time.sleep(ASK_AGAIN)


def is_alive(number: int) -> bool:
    """Whether somebody at work keeps this sign now."""
    if connection.vendor == "postgresql":
        return _is_alive_on_postgresql(number)
    place = _place(number)
    return (_name(), number) in _HERE if place is None else _is_locked(place)


# PostgreSQL


@contextmanager
def _on_postgresql(number: int) -> Iterator[StillThere]:
    ours = connection.copy()
    try:
        if not _ask(ours, "SELECT pg_try_advisory_lock(%s, %s)", number):
            raise Taken
        try:
            yield lambda: _holds(ours, number)
        finally:
            _give_up(ours, number)
    finally:
        ours.close()


def _give_up(ours: Any, number: int) -> None:
    with suppress(DatabaseError):  # where the connection is gone, its locks are gone with it
        _ask(ours, "SELECT pg_advisory_unlock(%s, %s)", number)


_HELD = """SELECT EXISTS (SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND granted AND objsubid = 2
AND classid = %s AND objid = %s
AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
"""


def _holds(ours: Any, number: int) -> bool:
    try:
        return _ask(ours, f"{_HELD} AND pid = pg_backend_pid())", number)
    except DatabaseError:
        return False


def _is_alive_on_postgresql(number: int) -> bool:
    return _ask(connection, f"{_HELD})", number)


def _ask(asked: Any, question: str, number: int) -> bool:
    with asked.cursor() as cursor:
        cursor.execute(question, [KITH, number])
        return bool(cursor.fetchone()[0])


# SQLite


def _name() -> str:
    return str(connection.settings_dict["NAME"])


def _place(number: int) -> Path | None:
    """The file whose lock is the sign; None for a database in memory."""
    name = _name()
    is_in_memory = ":memory:" in name or "mode=memory" in name
    return None if is_in_memory else Path(f"{name}.at-work-{number}")


@contextmanager
def _on_sqlite(number: int) -> Iterator[StillThere]:
    place = _place(number)
    if place is None:
        with _in_this_process(number) as still_there:
            yield still_there
        return
    kept = _locked(place)
    try:
        yield lambda: True
    finally:
        place.unlink(missing_ok=True)
        os.close(kept)


@contextmanager
def _in_this_process(number: int) -> Iterator[StillThere]:
    sign = (_name(), number)
    if sign in _HERE:
        raise Taken
    _HERE.add(sign)
    try:
        yield lambda: True
    finally:
        _HERE.discard(sign)


def _locked(place: Path) -> int:
    """The open file, locked. Raises Taken where it stays locked by another for half a second."""
    for _ in range(TRIES):
        file = os.open(place, os.O_CREAT | os.O_RDWR, 0o600)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if _is_still(place, file):
                return file
        except BlockingIOError:
            time.sleep(PAUSE)
        os.close(file)
    raise Taken


def _is_still(place: Path, file: int) -> bool:
    """Whether the file opened is the one that lies there: who kept it last may have taken it away."""
    try:
        return place.stat().st_ino == os.fstat(file).st_ino
    except FileNotFoundError:
        return False


def _is_locked(place: Path) -> bool:
    try:
        file = os.open(place, os.O_RDONLY)
    except FileNotFoundError:
        return False
    try:
        fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(file)
    return False
