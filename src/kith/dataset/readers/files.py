"""Opening what a person gives: a folder, a zip or one file, without trusting any of it.

Nothing is unpacked to disk. Each file comes back as bytes, or as a plain reason why it was not opened.
"""

import hashlib
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, Protocol

READ_SUFFIXES = frozenset({".csv", ".xml", ".txt"})
SPREADSHEET_SUFFIXES = frozenset({".xlsx", ".xls", ".xlsm", ".xlsb", ".ods"})

_LOOK = 64 * 1024
_ZIP_MAGIC = b"PK\x03\x04"
_OLE_MAGIC = b"\xd0\xcf\x11\xe0"
_PICTURE_MAGIC = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8")
_PDF_MAGIC = b"%PDF-"
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_ENCRYPTED = 0x1


class Readable(Protocol):
    """Anything whose bytes can be read piece by piece."""

    def read(self, size: int, /) -> bytes:
        """The next `size` bytes, fewer at the end."""
        ...


class CannotRead(Exception):
    """A file, or all that was given, cannot be read; the message says why and what to do."""


@dataclass(frozen=True)
class Limits:
    """The largest input that is opened. A bigger one is refused before it is read."""

    file_bytes: int = 512 * 1024 * 1024
    total_bytes: int = 2 * 1024 * 1024 * 1024
    files: int = 2_000
    zip_ratio: int = 200


@dataclass(frozen=True)
class Given:
    """One file found in what was given. `name` is its path inside the folder or zip.

    `opener` opens it for reading; `refusal` is a reason not to, and then nothing is read.
    """

    name: str
    size: int
    opener: Callable[[], IO[bytes]]
    refusal: str | None = None

    @property
    def suffix(self) -> str:
        """The end of the file's name, in lower case, with its dot."""
        return PurePosixPath(self.name).suffix.lower()

    def read(self) -> bytes:
        """The whole file. Raises CannotRead where it was refused, grew, or cannot be opened."""
        return self._bytes(self.size + 1, whole=True)

    def head(self) -> bytes:
        """The first 64 kB, enough to recognise the file by."""
        return self._bytes(_LOOK, whole=False)

    @contextmanager
    def open(self) -> Iterator["Readable"]:
        """The file, to be read piece by piece. Raises CannotRead where it was refused or is damaged."""
        if self.refusal:
            raise CannotRead(self.refusal)
        try:
            with self.opener() as stream:
                yield stream
        except (OSError, zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as fault:
            raise CannotRead(
                f"The file could not be opened ({_of(fault)}). It may be damaged, or not yours to read. "
                "Copy it again from where it came."
            ) from fault

    def _bytes(self, most: int, *, whole: bool) -> bytes:
        with self.open() as stream:
            data = stream.read(most)
        if whole and len(data) > self.size:
            raise CannotRead("The file is larger than it says it is. Save or zip it again.")
        return data


def given_files(path: Path, limits: Limits) -> list[Given]:
    """Every file at `path` (a folder, a zip or one file), in the order of their names.

    Hidden files are passed over. Raises CannotRead where there is nothing at `path`, or too many files.
    """
    if not path.exists():
        raise CannotRead(f"There is nothing at {path}. Check the path.")
    found = list(_found(path, limits))
    if len(found) > limits.files:
        raise CannotRead(
            f"{path.name} holds {len(found):,} files, more than the {limits.files:,} that are opened at "
            "once. Give the folder of the returns alone."
        )
    return _refuse_past_total(sorted(found, key=lambda given: given.name), limits)


def fault_in_bytes(head: bytes) -> str | None:
    """Why a file that begins so is not text that can be read, or None."""
    if head.startswith(_ZIP_MAGIC):
        return (
            "This is a spreadsheet or zip file under another name. Open it in the spreadsheet program and "
            "save each sheet as CSV UTF-8; or if it is a zip file, give it a name that ends in .zip."
        )
    if head.startswith(_OLE_MAGIC):
        return "This is an old Excel workbook under another name. Open it and save each sheet as CSV UTF-8."
    if head.startswith(_PICTURE_MAGIC):
        return (
            "This is a picture, not a table. Export the table itself from the system that holds it, as CSV."
        )
    if head.startswith(_PDF_MAGIC):
        return "This is a PDF, not a table. Export the table itself from the system that holds it, as CSV."
    if head.startswith(_UTF16_MARKS) or _looks_like_utf16(head):
        return (
            "This file is in UTF-16 (“Unicode text” in Excel). Save it again as UTF-8 (“CSV UTF-8” in Excel)."
        )
    if not head.strip(b"\xef\xbb\xbf \t\r\n\x00"):
        return "The file is empty. Export it again; if there was nothing to return, leave the file out."
    return None


def looks_like_html(head: bytes) -> bool:
    """True for a web page saved under another name, as sign-in and error pages often are."""
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")[:15].lower()
    return start.startswith((b"<!doctype html", b"<html"))


def sha256_of(data: bytes) -> str:
    """The file's content hash, in hex."""
    return hashlib.sha256(data).hexdigest()


def megabytes(size: int) -> str:
    """A size for people: "2,048 MB"."""
    return f"{max(1, round(size / 1024 / 1024)):,} MB"


def _found(path: Path, limits: Limits) -> Iterator[Given]:
    if path.is_dir():
        for file in path.rglob("*"):
            inner = file.relative_to(path)
            if file.is_file() and not _is_hidden(inner.as_posix()):
                yield from _given(file, inner.as_posix(), limits)
    else:
        yield from _given(path, path.name, limits)


def _given(file: Path, name: str, limits: Limits) -> Iterator[Given]:
    if file.suffix.lower() == ".zip":
        yield from _in_zip(file, name, limits)
        return
    size = file.stat().st_size
    yield Given(name, size, lambda: file.open("rb"), _refusal(file.suffix.lower(), size, limits))


def _refusal(suffix: str, size: int, limits: Limits) -> str | None:
    if suffix in SPREADSHEET_SUFFIXES:
        return "This is a spreadsheet. Save each of its sheets as CSV UTF-8 and give those."
    if size > limits.file_bytes:
        return (
            f"The file holds {megabytes(size)}, more than the {megabytes(limits.file_bytes)} that are read. "
            "Check that it is one authority's return for one year, or raise the limit in the settings."
        )
    return None


def _in_zip(file: Path, name: str, limits: Limits) -> Iterator[Given]:
    try:
        archive = zipfile.ZipFile(file)
        entries = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError) as fault:
        yield _unopened(name, f"The zip file is damaged ({_of(fault)}). Zip the files again.")
        return
    if len(entries) > limits.files:
        yield _unopened(name, f"The zip file holds {len(entries):,} files. Zip the returns alone.")
        return
    for entry in entries:
        if entry.is_dir() or _is_hidden(entry.filename):
            continue
        yield Given(
            f"{name}/{entry.filename}",
            entry.file_size,
            _opener(archive, entry),
            _entry_refusal(entry, limits),
        )


def _opener(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Callable[[], IO[bytes]]:
    return lambda: archive.open(entry)


def _entry_refusal(entry: zipfile.ZipInfo, limits: Limits) -> str | None:
    path = PurePosixPath(entry.filename.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or ":" in entry.filename:
        return "Its name points outside the zip file, as a harmful file's would. It was not opened."
    if entry.flag_bits & _ENCRYPTED:
        return "It is locked with a password. Unzip it and give the files themselves."
    if path.suffix.lower() == ".zip":
        return "It is a zip file inside a zip file. Unzip it and give the files themselves."
    if entry.file_size > limits.zip_ratio * max(entry.compress_size, 1024):
        return "It unpacks to far more than it holds, as a harmful file's would. It was not opened."
    return _refusal(path.suffix.lower(), entry.file_size, limits)


def _refuse_past_total(found: list[Given], limits: Limits) -> list[Given]:
    taken, total = [], 0
    for given in found:
        total += 0 if given.refusal else given.size
        if not given.refusal and total > limits.total_bytes:
            reason = f"The files together hold more than {megabytes(limits.total_bytes)}. Give fewer at once."
            taken.append(Given(given.name, given.size, given.opener, reason))
        else:
            taken.append(given)
    return taken


def _unopened(name: str, reason: str) -> Given:
    def refuse() -> IO[bytes]:
        raise CannotRead(reason)

    return Given(name, 0, refuse, reason)


def _is_hidden(name: str) -> bool:
    return any(part.startswith((".", "~$", "__MACOSX")) and part != ".." for part in name.split("/"))


def _looks_like_utf16(head: bytes) -> bool:
    sample = head[:200]
    return len(sample) >= 8 and max(sample[0::2].count(0), sample[1::2].count(0)) > len(sample) * 0.4


def _of(fault: BaseException) -> str:
    return str(fault) or type(fault).__name__
