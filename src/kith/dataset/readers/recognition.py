"""Tells what each file is from its first lines, whatever it is called, before any of it is read.

A name is a hint only: it groups the 903 CSVs of one return, and its year serves where no date tells it.
"""

import re
from dataclasses import dataclass
from io import StringIO
from pathlib import Path, PurePosixPath
from typing import Literal

from kith.dataset.formats import Table
from kith.dataset.readers.cin_xml import ROOT as CIN_ROOT
from kith.dataset.readers.csv_rows import decoded, split_headings
from kith.dataset.readers.files import (
    READ_SUFFIXES,
    CannotRead,
    Given,
    Limits,
    fault_in_bytes,
    given_files,
    looks_like_html,
)
from kith.dataset.readers.ssda903_csv import table_of
from kith.dataset.readers.ssda903_xml import ROOT as ROOT_903
from kith.dataset.readers.xml_records import root_tag
from kith.dataset.returns import Kind

ALL_TABLES = "*"

_YEARS = re.compile(r"(?<!\d)((?:19|20)\d\d)(?:[-_ ]?((?:20)?\d\d)(?!\d))?(?!\d)")
_AUTHORITY = re.compile(r"(?<!\d)[2-9]\d\d(?!\d)")
_OF_THE_903 = re.compile(r"(ssda[ _-]?)?903", re.IGNORECASE)
_CIN_MARKS = (b"ChildIdentifiers", b">CIN<", b"<Children", b"CINdetails")


@dataclass(frozen=True)
class Found:
    """One file as recognised by its first lines, before it is read.

    `group` is the return it will be read into; `year_in_name` is a hint only. `problem` says why it will
    not be read; a file that is `ignored` is of a kind that holds no return, and is no fault.
    """

    name: str
    size: int
    kind: Kind | None = None
    form: Literal["csv", "xml"] | None = None
    table: str | None = None
    group: str = ""
    year_in_name: int | None = None
    problem: str | None = None
    ignored: bool = False


def recognise(path: Path | str, *, limits: Limits | None = None) -> list[Found]:
    """What lies at `path`, file by file, told from the first lines of each.

    Raises CannotRead where there is nothing at `path`, or too many files.
    """
    place = Path(path)
    return [recognised(given, place.is_file()) for given in given_files(place, limits or Limits())]


def recognised(given: Given, is_alone: bool) -> Found:
    """One file as its first lines tell it; where nothing else was given, whatever it is called."""
    if given.refusal:
        return Found(given.name, given.size, problem=given.refusal, group=_group_of(given.name))
    if given.suffix not in READ_SUFFIXES and not is_alone:
        return Found(given.name, given.size, problem="Only CSV, XML and zip files are read.", ignored=True)
    try:
        return _by_content(given, given.head())
    except CannotRead as fault:
        return Found(given.name, given.size, problem=str(fault), group=_group_of(given.name))


def _by_content(given: Given, head: bytes) -> Found:
    if _is_xml(head) or (given.suffix == ".xml" and not fault_in_bytes(head)):
        return _xml_found(given, head)
    cut = head[: head.rfind(b"\n") + 1] or head
    text, _ = decoded(cut)
    lines = (line for part in StringIO(text) for line in part.splitlines())  # no more of them than are read
    line = next((line for line in lines if line.strip()), "")
    table = table_of(split_headings(line), given.name)
    group = _group_of(given.name, table)
    return Found(given.name, given.size, "903", "csv", table.name, group, year_in(group))


def _xml_found(given: Given, head: bytes) -> Found:
    if looks_like_html(head):
        decoded(head)
    root = root_tag(head)
    kind: Kind | None = None
    if root == ROOT_903:
        kind = "903"
    elif root == CIN_ROOT and any(mark in head for mark in _CIN_MARKS):
        kind = "cin"
    if kind is None:
        shown = f"Its outermost element is {root}" if root else "It has no outermost element"
        raise CannotRead(
            f"This XML is not a return that Kith reads. {shown}; an SSDA903 begins with {ROOT_903}, a "
            f"children in need census with {CIN_ROOT}. Check that it is the right file."
        )
    return Found(given.name, given.size, kind, "xml", ALL_TABLES, given.name, year_in(given.name))


def _is_xml(head: bytes) -> bool:
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    return start.startswith(b"<") or head.startswith((b"\xff\xfe<\x00", b"\xfe\xff\x00<"))


def _group_of(name: str, table: Table | None = None) -> str:
    """The folder a file lies in, with the years and authority codes in its name."""
    path = PurePosixPath(name)
    stem = _OF_THE_903.sub(" ", path.stem.lower())
    if table:
        stem = stem.replace(table.file, " ").replace(table.name.lower(), " ")
    years = [match.group(0).strip("-_ ") for match in _YEARS.finditer(stem)]
    codes = _AUTHORITY.findall(_YEARS.sub(" ", stem))
    folder = "" if path.parent == PurePosixPath(".") else path.parent.as_posix()
    return " ".join(filter(None, (folder, *codes, *years)))


def year_in(group: str) -> int | None:
    """The END year a name gives: the later of "2017-18", or the only one of "2017"; None without."""
    found = None
    for match in _YEARS.finditer(group):
        first, second = int(match.group(1)), match.group(2)
        follows = second is not None and int(second) % 100 == (first + 1) % 100
        found = first + 1 if follows else first
    return found
