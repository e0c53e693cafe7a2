"""Reads XML record by record: one child at a time, however large the file, with each line number.

Any DOCTYPE is refused, so that no entity is ever declared or expanded. The standard library's parser is
used because it tells the line of every element; lxml's count stops at 65,535.
"""

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from xml.parsers import expat

from kith.dataset.readers.files import CannotRead, Readable, fault_in_bytes, looks_like_html

CHUNK = 256 * 1024
_DEEPEST = 40
_LONGEST_RECORD = 200_000
_LONGEST_TEXT = 100_000
_ENCODING = re.compile(rb"""\s*<\?xml[^>]*?encoding\s*=\s*["']([^"'<>&]{1,200})["']""")


@dataclass(slots=True)
class Node:
    """An element: its tag, the line on which it starts, its text, and the elements in it."""

    tag: str
    line: int
    text: str = ""
    children: list["Node"] = field(default_factory=list)

    def first(self, tag: str) -> "Node | None":
        """The first element in this one called `tag`, or None."""
        return next((child for child in self.children if child.tag == tag), None)

    def all(self, tag: str) -> list["Node"]:
        """Every element directly in this one called `tag`."""
        return [child for child in self.children if child.tag == tag]

    def under(self, path: str) -> list["Node"]:
        """Every element at `path` ("CINdetails/Reviews"); this one itself where the path is blank."""
        found = [self]
        for tag in path.split("/") if path else ():
            found = [child for node in found for child in node.all(tag)]
        return found

    def size(self) -> int:
        """How many elements it holds, itself among them."""
        return 1 + sum(child.size() for child in self.children)


@dataclass(frozen=True)
class Break:
    """Where a file stops being XML: the line, why, and the record that was being read, if any."""

    line: int
    reason: str
    unfinished: Node | None


def root_tag(head: bytes) -> str | None:
    """The tag of the outermost element of a file that begins so, or None where it is not XML.

    Raises CannotRead for a file that declares a DOCTYPE.
    """
    reader = _Reader(frozenset())
    with suppress(expat.ExpatError, LookupError, ValueError):  # of letters that are not known, later
        reader.parser.Parse(head, False)
    return reader.root


def records(stream: Readable, tags: frozenset[str]) -> Iterator[Node | Break]:
    """Each element of `stream` with a tag in `tags`, outermost only, as soon as it is complete.

    A file that is damaged or cut short ends with a Break, after the records before it.
    Raises CannotRead for a file that is not XML at all, or that declares a DOCTYPE.
    """
    reader = _Reader(tags)
    first = True
    while True:
        data = stream.read(CHUNK)
        if first:
            refuse_what_is_not_xml(data)
            first = False
        try:
            reader.parser.Parse(data, not data)
        except expat.ExpatError as fault:
            yield from reader.taken()
            yield Break(fault.lineno, why_broken(fault, reader.open_tag()), reader.unfinished())
            return
        yield from reader.taken()
        if not data:
            return


def refuse_what_is_not_xml(data: bytes) -> None:
    """Raises CannotRead, with what to do, where a file that begins so is no XML, or in letters not known."""
    start = data[:4096]
    _refuse_unknown_letters(start)
    if not start.startswith((b"\xff\xfe", b"\xfe\xff")) and (reason := fault_in_bytes(start)):
        raise CannotRead(reason.replace("CSV UTF-8", "XML"))
    if looks_like_html(start):
        raise CannotRead(
            "This is a web page, not a return: often the sign-in or error page of the system it came from. "
            "Sign in there and export the file again."
        )


def _refuse_unknown_letters(start: bytes) -> None:
    """Raises CannotRead where the file names an encoding that the parser cannot read."""
    named = _ENCODING.match(start)
    if named is None:
        return
    try:
        expat.ParserCreate().Parse(b"<?xml version='1.0' encoding='" + named[1] + b"'?>", False)
    except (LookupError, ValueError):
        letters = named[1].decode("ascii", "replace")[:40]
        raise CannotRead(
            f"The file says that it is written in “{letters}”, which cannot be read. Export it again as "
            "UTF-8."
        ) from None
    except expat.ExpatError:
        return


def why_broken(fault: expat.ExpatError, inside: str | None) -> str:
    """Why a file stops being XML, and what to do; `inside` is the element that was open, if any."""
    words = expat.ErrorString(fault.code) or "not well formed"
    if fault.code in _CUT_SHORT:
        return (
            "The file stops before its end, so it was cut short on its way. What stands before this line was "
            "read. Export or copy the file again."
        )
    if fault.code in _WRONG_ENCODING:
        return (
            "The file holds characters that are not in the encoding it names. What stands before this line "
            "was read. Save it as UTF-8, or correct the encoding in its first line."
        )
    where = f" inside {inside}" if inside else ""
    return (
        f"The XML is broken here{where} ({words}). What stands before this line was read. Mend it, or export "
        "the file again."
    )


_CUT_SHORT = frozenset(
    {
        expat.errors.codes[expat.errors.XML_ERROR_NO_ELEMENTS],
        expat.errors.codes[expat.errors.XML_ERROR_UNCLOSED_TOKEN],
        expat.errors.codes[expat.errors.XML_ERROR_PARTIAL_CHAR],
        expat.errors.codes[expat.errors.XML_ERROR_UNCLOSED_CDATA_SECTION],
    }
)
_WRONG_ENCODING = frozenset(
    {
        expat.errors.codes[expat.errors.XML_ERROR_UNKNOWN_ENCODING],
        expat.errors.codes[expat.errors.XML_ERROR_INCORRECT_ENCODING],
    }
)


class _Reader:
    """Builds a Node for each wanted record from the parser's events, and forgets the rest."""

    def __init__(self, tags: frozenset[str]) -> None:
        self.root: str | None = None
        self._tags = tags
        self._depth = 0
        self._open: list[Node] = []
        self._tags_open: list[str] = []
        self._done: list[Node] = []
        self._size = 0
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self.parser.StartDoctypeDeclHandler = refuse_doctype
        self.parser.EntityDeclHandler = refuse_doctype

    def taken(self) -> list[Node]:
        """The records completed since this was last asked."""
        done, self._done = self._done, []
        return done

    def unfinished(self) -> Node | None:
        """The record that was open when the file broke, or None."""
        return self._open[0] if self._open else None

    def open_tag(self) -> str | None:
        """The element that was open when the file broke, or None."""
        return self._tags_open[-1] if self._tags_open else None

    def _start(self, tag: str, _attributes: dict[str, str]) -> None:
        tag = tag.rpartition(":")[2]
        self.root = self.root or tag
        self._tags_open.append(tag)
        if len(self._tags_open) > _DEEPEST:
            raise CannotRead(
                f"The file nests elements more than {_DEEPEST} deep, as no return does. Check that it is a "
                "return, and export it again."
            )
        if self._open or tag in self._tags:
            self._add(Node(tag, self.parser.CurrentLineNumber))

    def _add(self, node: Node) -> None:
        self._size = self._size + 1 if self._open else 1
        if self._size > _LONGEST_RECORD:
            raise CannotRead(
                f"One {self._open[0].tag} holds more than {_LONGEST_RECORD:,} elements, as no child's record "
                "does. Check that the file is a return, and export it again."
            )
        if self._open:
            self._open[-1].children.append(node)
        self._open.append(node)

    def _end(self, _tag: str) -> None:
        self._tags_open.pop()
        if self._open:
            node = self._open.pop()
            if not self._open:
                self._done.append(node)

    def _text(self, text: str) -> None:
        if not self._open:
            return
        node = self._open[-1]
        if len(node.text) + len(text) > _LONGEST_TEXT:
            raise CannotRead(
                f"The {node.tag} on line {node.line} holds more than {_LONGEST_TEXT:,} characters, as no "
                "return's value does. Check that the file is a return, and export it again."
            )
        node.text += text


def refuse_doctype(*_declared: object) -> None:
    """Raises CannotRead: for a parser to call where a file declares a DOCTYPE or an entity."""
    raise CannotRead(
        "The file declares a DOCTYPE, which a return never needs and a harmful file uses. It was not "
        "read. Export it again from the system it came from."
    )
