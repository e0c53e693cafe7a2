"""Every element of an XML file as rows of one frame, in the order of the file: quick, and with each line.

For work on whole columns at once. `xml_records` reads the same files child by child, in flat memory.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

import polars as pl

from kith.dataset.readers.files import CannotRead, Readable
from kith.dataset.readers.xml_columns import DEEPEST, MOST_ELEMENTS, ROOT_PARENT, split_in_columns
from kith.dataset.readers.xml_records import CHUNK, Break, refuse_doctype, refuse_what_is_not_xml, why_broken

_NO_RETURN = (
    "The file nests or repeats elements as no return does. Check that it is a return, and export it again."
)


@dataclass
class Elements:
    """The elements of a file: `frame` has tag, parent (a row, -1 for the outermost), line, text (or null).

    `broken` tells where and why a damaged file stops; its elements up to there are kept.
    """

    frame: pl.DataFrame
    broken: Break | None = None


def read_elements(stream: Readable) -> Elements:
    """The elements of `stream`. Raises CannotRead where it is not XML, or declares a DOCTYPE."""
    pieces = list(_pieces(stream))
    refuse_what_is_not_xml(pieces[0] if pieces else b"")
    quick = split_in_columns(b"".join(pieces))
    return Elements(quick) if quick is not None else _handled(pieces)


def _pieces(stream: Readable) -> Iterator[bytes]:
    while data := stream.read(CHUNK):
        yield data


def _handled(pieces: list[bytes]) -> Elements:
    """The elements as the parser tells of them one by one, up to where the file breaks."""
    flat = _Flat()
    try:
        for piece in pieces:
            flat.parser.Parse(piece, False)
        flat.parser.Parse(b"", True)
    except expat.ExpatError as fault:
        return Elements(flat.frame(), flat.broken_by(fault))
    return Elements(flat.frame())


@dataclass
class _Flat:
    """The parser, and the columns it fills."""

    tags: list[str] = field(default_factory=list)
    parents: list[int] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    texts: list[str | None] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.open = [ROOT_PARENT]
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self.parser.StartDoctypeDeclHandler = refuse_doctype
        self.parser.EntityDeclHandler = refuse_doctype

    def frame(self) -> pl.DataFrame:
        """What was read so far."""
        return pl.DataFrame(
            {
                "tag": pl.Series(self.tags, dtype=pl.String),
                "parent": pl.Series(self.parents, dtype=pl.Int32),
                "line": pl.Series(self.lines, dtype=pl.Int64),
                "text": pl.Series(self.texts, dtype=pl.String),
            }
        )

    def broken_by(self, fault: expat.ExpatError) -> Break:
        """Where the file stops being XML, and why."""
        inside = self.tags[self.open[-1]] if len(self.open) > 1 else None
        return Break(fault.lineno, why_broken(fault, inside), None)

    def _start(self, tag: str, _attributes: dict[str, str]) -> None:
        if len(self.open) > DEEPEST or len(self.tags) >= MOST_ELEMENTS:
            raise CannotRead(_NO_RETURN)
        self.parents.append(self.open[-1])
        self.open.append(len(self.tags))
        self.tags.append(tag.rpartition(":")[2] if ":" in tag else tag)
        self.lines.append(self.parser.CurrentLineNumber)
        self.texts.append(None)

    def _end(self, _tag: str) -> None:
        self.open.pop()

    def _text(self, text: str) -> None:
        if not text.isspace():
            at = self.open[-1]
            self.texts[at] = (self.texts[at] or "") + text
