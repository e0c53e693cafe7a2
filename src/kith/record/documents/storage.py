"""Where documents lie: once for each content, under the home folder, readable by Kith alone.

A content is written before the document that names it, and two may bring the same one at once. So each has
a mark beside it until a document names it, and a sweep, not the request that failed, deletes what none came
to name.
"""

import hashlib
import os
import secrets
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from kith.record.documents.policies import LARGEST, TooLarge, check_size
from kith.record.documents.scanning import check_clean
from kith.record.refusals import NotPossible

OURS_ALONE = 0o600


class Damaged(NotPossible):
    """A document of which the content on the disk is not what was put there."""


@contextmanager
def arriving(content: Iterable[bytes]) -> Iterator[Path]:
    """A file as it comes, scanned before anything reads it; it is gone afterwards unless it was kept.

    Raises TooLarge as soon as it is, NothingInIt and NotScannedClean.
    """
    folder = _home() / f"arriving-{secrets.token_hex(8)}"
    folder.mkdir(parents=True, mode=0o700)
    try:
        path = folder / "file"
        _write(content, path)
        check_size(path.stat().st_size)
        check_clean(folder)
        yield path
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def keep(path: Path) -> str:
    """Keep a file under its content, marked as named by no document yet; returns the content's SHA-256."""
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    place, mark = _place(sha256), _mark(sha256)
    for folder in (place.parent, mark.parent):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    mark.touch(mode=OURS_ALONE)
    path.replace(place)
    return sha256


def is_named_now(sha256: str) -> None:
    """Take the mark away: a document that names the content is on record."""
    _mark(sha256).unlink(missing_ok=True)


def read(sha256: str) -> bytes:
    """The content of a document. Raises Damaged where it is not there, or not what it was."""
    place = _place(sha256)
    content = place.read_bytes() if place.exists() else b""
    if hashlib.sha256(content).hexdigest() != sha256:
        raise Damaged(
            "The file of this document is missing or damaged.",
            "Tell whoever looks after Kith: it is in the backup of the documents folder.",
        )
    return content


def sweep(is_named: Callable[[str], bool], *, older_than: float) -> int:
    """Delete what came before a moment (seconds since 1970) and stayed unnamed; how many contents went.

    What an upload that was cut off left half written goes too.
    """
    for folder in _home().glob("arriving-*"):
        if folder.stat().st_mtime < older_than:
            shutil.rmtree(folder, ignore_errors=True)
    marks = [mark for mark in _mark("").glob("*") if _is_old(mark, older_than)]
    return sum(_swept(mark, is_named, older_than) for mark in marks)


def _swept(mark: Path, is_named: Callable[[str], bool], older_than: float) -> bool:
    if is_named(mark.name):
        mark.unlink(missing_ok=True)
        return False
    place, aside = _place(mark.name), _home() / f"arriving-{secrets.token_hex(8)}"
    if place.exists():
        place.replace(aside)
    if not _is_old(mark, older_than):
        if aside.exists():
            aside.replace(place)
        return False
    aside.unlink(missing_ok=True)
    mark.unlink(missing_ok=True)
    return True


def _is_old(mark: Path, older_than: float) -> bool:
    try:
        return mark.stat().st_mtime < older_than
    except FileNotFoundError:  # a document came to name it meanwhile
        return False


def _write(content: Iterable[bytes], path: Path) -> None:
    written = 0
    with path.open("xb") as file:
        path.chmod(OURS_ALONE)
        for piece in content:
            written += len(piece)
            if written > LARGEST:
                raise TooLarge()
            file.write(piece)
        file.flush()
        os.fsync(file.fileno())


def _home() -> Path:
    return Path(settings.HOME) / "documents"


def _mark(sha256: str) -> Path:
    return _home() / "unnamed" / sha256


def _place(sha256: str) -> Path:
    return _home() / sha256[:2] / sha256
