"""Every element of an XML file as rows of one frame, in the order of the file: quick, and with each line.

For work on whole columns at once. `xml_records` reads the same files child by child, in flat memory.
"""

from dataclasses import dataclass, field
from xml.parsers import expat

import polars as pl

from kith.dataset.readers.files import CannotRead, Readable
from kith.dataset.readers.xml_records import CHUNK, Break, refuse_doctype, refuse_what_is_not_xml, why_broken

ROOT_PARENT = -1
_MOST_ELEMENTS = 100_000_000
_DEEPEST = 40


@dataclass
class Elements:
    """The elements of a file: `frame` has tag, parent (a row, -1 for the outermost), line, text (or null).

    `broken` tells where and why a damaged file stops; its elements up to there are kept.
    """

    frame: pl.DataFrame
    broken: Break | None = None


def read_elements(stream: Readable) -> Elements:
    """The elements of `stream`. Raises CannotRead where it is not XML, or declares a DOCTYPE."""
    flat = _Flat()
    first, broken = True, None
    while data := stream.read(CHUNK):
        if first:
            refuse_what_is_not_xml(data)
            first = False
        try:
            flat.parser.Parse(data, False)
        except expat.ExpatError as fault:
            return Elements(flat.frame(), flat.broken_by(fault))
    try:
        flat.parser.Parse(b"", True)
    except expat.ExpatError as fault:
        broken = flat.broken_by(fault)
    return Elements(flat.frame(), broken)


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
        if len(self.open) > _DEEPEST or len(self.tags) >= _MOST_ELEMENTS:
            raise CannotRead(
                "The file nests or repeats elements as no return does. Check that it is a return, and "
                "export it again."
            )
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
