"""What a file is, read from its content: the tables of `data/`, and no word of whoever sent it."""

import re
import zipfile
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal

from kith.record.documents.policies import HalfAFile, NotAKindKept
from kith.standards.tables import day, holds_on, rows

DATA = Path(__file__).parent / "data"
PACKED, OFFICE_97 = "zip", "office_97"
OF_97 = frozenset({"doc", "xls", "ppt", "msg"})
LONGEST_HEAD = 4096
# A packed file that would unpack to more than this, or to so many times its size, is a trap and no document.
MOST_UNPACKED, MOST_MEMBERS, MOST_TIMES = 200 * 1024 * 1024, 5_000, 200
PROGRAMS_IN_97 = "_VBA_PROJECT".encode("utf-16-le")
PAGES = ("<!doctype", "<html", "<svg", "<script", "<?xml", "<?php", "#!")


@dataclass(frozen=True)
class Format:
    """A kind of file: its name, in words, how its name ends, and its media type."""

    format: str
    words: str
    ending: str
    content_type: str

    def ending_for(self, name: str) -> str:
        """How a name ends that is true; of older Office files only the name says which kind they are."""
        said = name.rsplit(".", 1)[-1].lower()
        return said if self.format == OFFICE_97 and said in OF_97 else self.ending


TEXT = Format("text", "text", "txt", "text/plain; charset=utf-8")
# How text is written, the likeliest first: a mark at the start says it; else old Windows programs wrote so.
WRITINGS = ((b"", "utf-8-sig", "utf-8"), (b"\xff\xfe", "utf-16", "utf-16"), (b"\xfe\xff", "utf-16", "utf-16"),
            (b"", "cp1252", "windows-1252"))  # fmt: skip
CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f]")
END_OF_PACKED, LONGEST_REMARK = b"PK\x05\x06", 65_535
LOCKED_97 = "EncryptedPackage".encode("utf-16-le")


@dataclass(frozen=True)
class _Signature:
    format: Format
    offset: int
    begins: bytes
    ends: bytes
    within: int
    first: date | None
    last: date | None


def format_of(path: Path, on: date) -> Format:
    """What the file is. Raises NotAKindKept, and HalfAFile for one of which the end is missing."""
    with path.open("rb") as file:
        head = file.read(LONGEST_HEAD)
    found = next((one for one in _signatures() if _begins(head, one) and _may_be_kept(one, on)), None)
    if found is None:
        return _text(path)
    if found.format.format == PACKED:
        return _packed(path)
    if found.ends and found.ends not in _tail(path, found.within):
        raise HalfAFile()
    _check_has_all_it_names(path, found.format.format)
    if _is_packed_too(path):
        raise NotAKindKept("This is two files in one: another is packed behind what it seems to be.")
    if found.format.format == OFFICE_97:
        _check_is_open_97(path.read_bytes())
    return found.format


def _check_has_all_it_names(path: Path, name: str) -> None:
    """Raise HalfAFile for a scan or a photo of a phone that breaks off: it says itself how long it is."""
    whole = {"tiff": _whole_tiff, "tiff_big": _whole_tiff, "heic": _whole_boxes, "heif": _whole_boxes}.get(
        name
    )
    if whole and not whole(path.read_bytes()):
        raise HalfAFile()


def _whole_tiff(content: bytes) -> bool:
    """Whether the first list of what a TIFF holds stands in it. Source: TIFF 6.0, section 2."""
    order: Literal["little", "big"] = "little" if content[:2] == b"II" else "big"
    at = int.from_bytes(content[4:8], order)
    count = int.from_bytes(content[at : at + 2], order)
    return at >= 8 and count > 0 and at + 2 + 12 * count <= len(content)


def _whole_boxes(content: bytes) -> bool:
    """Whether the boxes of a HEIC file end where the file does. Source: ISO/IEC 14496-12, 4.2."""
    at = 0
    while at < len(content):
        size = int.from_bytes(content[at : at + 4], "big")
        if size == 1:
            size = int.from_bytes(content[at + 8 : at + 16], "big")
        if size == 0:  # the last box, to the end of the file
            return True
        if size < 8:
            return False
        at += size
    return at == len(content)


def _is_packed_too(path: Path) -> bool:
    """Whether a file that is something else ends as a packed file does, so that both could be opened."""
    tail = _tail(path, LONGEST_REMARK + 22)
    at = tail.rfind(END_OF_PACKED)
    return at >= 0 and at + 22 + int.from_bytes(tail[at + 20 : at + 22], "little") == len(tail)


def _check_is_open_97(content: bytes) -> None:
    if LOCKED_97 in content:
        raise NotAKindKept("This file is locked with a password, so that nobody here could read it.")
    if PROGRAMS_IN_97 in content:
        raise NotAKindKept("This file holds programs (macros).")


def formats() -> list[Format]:
    """Every kind of file that is kept, each once by its words."""
    known = [one.format for one in _signatures() if one.format.format != PACKED]
    return [*known, *(each for each, _, _ in _packed_formats()), TEXT]


def _begins(head: bytes, one: _Signature) -> bool:
    return head[one.offset : one.offset + len(one.begins)] == one.begins


def _may_be_kept(one: _Signature, on: date) -> bool:
    return holds_on(on, one.first, one.last)


def _tail(path: Path, length: int) -> bytes:
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - length))
        return file.read()


def _packed(path: Path) -> Format:
    """What a packed file is, from the names of what it holds; nothing of it is unpacked."""
    try:
        with zipfile.ZipFile(path) as packed:
            members = packed.infolist()
            _check_is_no_trap(members, path.stat().st_size)
            names = {member.filename for member in members}
            said = _mimetype(packed, members)
    except NotImplementedError as newer:  # packed for a newer program than the reader knows
        raise NotAKindKept("This file is packed in a way that Kith cannot look into.") from newer
    except (zipfile.BadZipFile, OSError, ValueError) as broken:
        raise HalfAFile() from broken
    if any(member.flag_bits & 1 for member in members):
        raise NotAKindKept("This file is locked with a password, so that nobody here could read it.")
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise NotAKindKept("This file holds programs (macros).")
    for each, holds, mimetype in _packed_formats():
        if holds in names and mimetype == said:
            return each
    raise NotAKindKept("This is a packed file.")


def _check_is_no_trap(members: list[zipfile.ZipInfo], size: int) -> None:
    unpacked = sum(member.file_size for member in members)
    if len(members) > MOST_MEMBERS or unpacked > MOST_UNPACKED or unpacked > MOST_TIMES * max(size, 1):
        raise NotAKindKept("This file would unpack to far more than it says.")


def _mimetype(packed: zipfile.ZipFile, members: list[zipfile.ZipInfo]) -> str:
    """What the first member says the file is, as OpenDocument has it; "" where it is not of that kind."""
    first = members[0] if members else None
    if first is None or first.filename != "mimetype" or first.file_size > 100:
        return ""
    if first.compress_type != zipfile.ZIP_STORED or first.flag_bits & 1:
        return ""
    return packed.read(first).decode("ascii", errors="replace")


def _text(path: Path) -> Format:
    """Plain text, where it is that: letters throughout, and no page or program by its first ones.

    It is kept as it came; its media type says how it was written, so that a browser reads it right.
    """
    content = path.read_bytes()
    for mark, codec, charset in WRITINGS:
        text = _letters(content, codec) if content.startswith(mark) else None
        if text is None:
            continue
        if text.lstrip("\ufeff \t\r\n").lower().startswith(PAGES):
            raise NotAKindKept("This is a web page or a program.")
        return replace(TEXT, content_type=f"text/plain; charset={charset}")
    raise NotAKindKept("This is not a kind of file that is kept.")


def _letters(content: bytes, codec: str) -> str | None:
    """The text, or None where this is not how it was written: nobody writes control characters."""
    try:
        text = content.decode(codec)
    except UnicodeDecodeError:
        return None
    return None if CONTROL.search(text) else text


@cache
def _signatures() -> tuple[_Signature, ...]:
    return tuple(
        _Signature(
            _format(row),
            int(row["offset"]),
            bytes.fromhex(row["begins"]),
            bytes.fromhex(row["ends"]),
            int(row["within"] or 0),
            day(row["from"]),
            day(row["to"]),
        )
        for row in rows(DATA / "formats.csv")
    )


@cache
def _packed_formats() -> tuple[tuple[Format, str, str], ...]:
    return tuple((_format(row), row["holds"], row["mimetype"]) for row in rows(DATA / "packed.csv"))


def _format(row: dict[str, str]) -> Format:
    return Format(row["format"], row["words"], row["ending"], row["content_type"])
