"""One piece of work over a folder of authorities, on the machine's cores.

Each process has one authority at a time, and gives back only the answer, so that memory does not grow with
the number of authorities. The processes are this module's own, for a `ProcessPoolExecutor` gives up all of
its work when one of its processes is killed. They are spawned, never forked: polars holds threads.
"""

import os
import pickle
import signal
import traceback
from collections import deque
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from pathlib import Path
from typing import Generic, TypeVar

from kith.dataset.readers.files import CannotRead

Answer = TypeVar("Answer")
_SPAWN = get_context("spawn")
_POLARS_THREADS = "POLARS_MAX_THREADS"
_PATIENCE = 5  # seconds that a process has to end in


@dataclass(frozen=True)
class Answered(Generic[Answer]):
    """What the work gave for one authority, by the name of its folder."""

    authority: str
    answer: Answer


@dataclass(frozen=True)
class Failed:
    """Why the work gave nothing for one authority, in plain words.

    `trace` is what a fault that nobody foresaw raised; empty where the files could not be read, or the
    process was killed.
    """

    authority: str
    reason: str
    trace: str = ""


@dataclass(eq=False)
class _Hand:
    """One process, the way to it, and the authority that it has."""

    process: SpawnProcess
    pipe: Connection
    folder: Path = field(default_factory=Path)


def authority_folders(folder: Path) -> list[Path]:
    """The authorities' folders in `folder`, by name; hidden ones are passed over.

    Raises CannotRead where it is no folder, or has none in it.
    """
    if not folder.is_dir():
        raise CannotRead(f"There is no folder at {folder}. Give the folder that holds the authorities.")
    found = sorted(each for each in folder.iterdir() if each.is_dir() and not each.name.startswith("."))
    if not found:
        raise CannotRead(
            f"There is no folder in {folder.name}. Give the folder that holds a folder for each authority."
        )
    return found


def each_authority(
    folder: Path, work: Callable[[Path], Answer], processes: int | None = None
) -> Generator[Answered[Answer] | Failed, None, None]:
    """Do `work` on each authority's folder in `folder`, and give each answer as it ends, in no set order.

    `work` and its answers have to be picklable. `processes` is how many work at once: as many as there are
    cores where it is None. Work that raises, or whose process is killed, gives `Failed` for that authority
    alone. The answers are the same whatever the number of processes. Raises CannotRead where `folder`
    holds no folder; ends its processes when the caller stops asking.
    """
    waiting = deque(authority_folders(folder))
    count = min(processes or cores(), len(waiting))
    busy: list[_Hand] = []
    try:
        busy += [_given_next(_started(work, count), waiting) for _ in range(count)]
        while busy:
            ready = wait([hand.pipe for hand in busy])
            for hand in [each for each in busy if each.pipe in ready]:
                busy.remove(hand)
                ended: Answered[Answer] | Failed = _taken_from(hand)
                if waiting:
                    well = hand if hand.process.is_alive() else _started(work, count)
                    busy.append(_given_next(well, waiting))
                else:
                    _end(hand)
                yield ended
    finally:
        for hand in busy:
            hand.process.kill()
            _end(hand)


def cores() -> int:
    """How many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _started(work: Callable[[Path], Answer], count: int) -> _Hand:
    ours, theirs = _SPAWN.Pipe()
    process = _SPAWN.Process(target=_serve, args=(theirs, work), daemon=True)
    with _threads_shared(count):
        process.start()
    theirs.close()
    return _Hand(process, ours)


@contextmanager
def _threads_shared(count: int) -> Iterator[None]:
    """Let each process started here have its share of the cores; polars would take them all in each."""
    if _POLARS_THREADS in os.environ:
        yield
        return
    os.environ[_POLARS_THREADS] = str(max(1, cores() // count))
    try:
        yield
    finally:
        del os.environ[_POLARS_THREADS]


def _given_next(hand: _Hand, waiting: deque[Path]) -> _Hand:
    hand.folder = waiting.popleft()
    with suppress(OSError):  # a process that died meanwhile is met when its answer is taken
        hand.pipe.send(hand.folder)
    return hand


def _taken_from(hand: _Hand) -> Answered[Answer] | Failed:
    try:
        ended: Answered[Answer] | Failed = hand.pipe.recv()
    except (EOFError, OSError):
        hand.process.join()
        return Failed(hand.folder.name, _why_it_died(hand.process.exitcode or 0))
    return ended


def _why_it_died(status: int) -> str:
    if status == -signal.SIGTERM:
        return "Its process was told to stop before it had an answer. Run it again."
    if status < 0:
        return (
            f"Its process was killed (signal {-status}) before it had an answer, as happens where a machine "
            "has no memory left. Run it again with less beside it."
        )
    return f"Its process ended (exit status {status}) before it had an answer. Run this authority alone."


def _end(hand: _Hand) -> None:
    with suppress(OSError):
        hand.pipe.send(None)
    hand.pipe.close()
    hand.process.join(_PATIENCE)
    if hand.process.is_alive():
        hand.process.kill()
        hand.process.join()


def _serve(pipe: Connection, work: Callable[[Path], Answer]) -> None:
    """Answer for one folder after another, in a process of its own, until there are no more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches every process; the first one ends them
    with suppress(EOFError, ConnectionError):  # nobody is asking any more
        while (folder := pipe.recv()) is not None:
            pipe.send_bytes(_answer(work, folder))


def _answer(work: Callable[[Path], Answer], folder: Path) -> bytes:
    """What the work gave, ready to be sent; an answer that cannot be is a failure like another."""
    try:
        return pickle.dumps(Answered(folder.name, work(folder)))
    except Exception as fault:
        return pickle.dumps(_failed(folder.name, fault))


def _failed(authority: str, fault: Exception) -> Failed:
    if isinstance(fault, CannotRead):
        return Failed(authority, str(fault))
    told = f"{type(fault).__name__}: {fault}" if str(fault) else type(fault).__name__
    return Failed(authority, f"The work on it failed ({told}).", traceback.format_exc())
