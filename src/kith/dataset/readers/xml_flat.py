"""Every element of an XML file as rows of one frame, in the order of the file: quick, and with each line.

For work on whole columns at once. `xml_records` reads the same files child by child, in flat memory.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

import polars as pl

from kith.dataset.readers.files import CannotRead, Readable
from kith.dataset.readers.xml_records import CHUNK, Break, refuse_doctype, refuse_what_is_not_xml, why_broken

ROOT_PARENT = -1
_MOST_ELEMENTS = 100_000_000
_DEEPEST = 40
_NO_RETURN = (
    "The file nests or repeats elements as no return does. Check that it is a return, and export it again."
)
_NAMED_SIGNS = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
_SIGN = re.compile(r"&(?:#x([0-9a-fA-F]+)|#([0-9]+)|([a-z]+));")
_DECLARED = re.compile(r"\s*<\?xml[^>]*encoding=[\"']([^\"']+)")


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
    quick = _split(pieces)
    return Elements(quick) if quick is not None else _handled(pieces)


def _pieces(stream: Readable) -> Iterator[bytes]:
    while data := stream.read(CHUNK):
        yield data


def _split(pieces: list[bytes]) -> pl.DataFrame | None:
    """The elements of a plain, well-formed file, split in columns; None where that would not be exact.

    The parser reads it first, so nothing damaged or harmful comes here. Comments, CDATA, instructions
    and a text with elements beside it are left to the parser's own events. Raises CannotRead as they do.
    """
    data = b"".join(pieces)
    instructions = data.count(b"<?") - data.count(b"<?xml ", 0, CHUNK)
    if b"<!" in data or instructions or not _is_well_formed(pieces):
        return None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None
    if (declared := _DECLARED.match(text)) and declared[1].lower() not in ("utf-8", "utf8", "us-ascii"):
        return None
    tokens = _tokens(text)
    is_odd = pl.col("tag").str.contains("[\"' ]")  # an attribute, whose value may hold anything
    is_mixed = pl.col("tag").str.starts_with("/") & pl.col("text").is_not_null()
    if tokens.select((is_odd | is_mixed).any()).item():
        return None
    return _with_parents(tokens)


def _is_well_formed(pieces: list[bytes]) -> bool:
    """Whether the parser can read the whole. Raises CannotRead for a DOCTYPE."""
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = refuse_doctype
    parser.EntityDeclHandler = refuse_doctype
    try:
        for piece in pieces:
            parser.Parse(piece, False)
        parser.Parse(b"", True)
    except expat.ExpatError:
        return False
    return True


def _tokens(text: str) -> pl.DataFrame:
    """Each tag with the text behind it: `tag` ("/Child" where it closes), `text`, and the `line` it is on."""
    pieces = pl.Series("piece", [text]).str.split("<").explode()
    frame = pl.DataFrame(pieces).with_columns(
        (pl.col("piece").str.count_matches("\n", literal=True).cum_sum().shift(1, fill_value=0) + 1).alias(
            "line"
        )
    )
    parted = frame.slice(1).with_columns(pl.col("piece").str.splitn(">", 2).struct.unnest())
    return parted.select(
        pl.col("field_0").str.strip_chars_end().alias("tag"),
        _plain_text(parted["field_1"]).alias("text"),
        pl.col("line").cast(pl.Int64),
    ).filter(~pl.col("tag").str.starts_with("?"))


def _plain_text(texts: pl.Series) -> pl.Series:
    """The texts trimmed, with null for a blank one and `&amp;` and the like as the signs they stand for."""
    texts = texts.str.strip_chars()
    if texts.str.contains("&", literal=True).any():
        texts = pl.Series(
            [_SIGN.sub(_sign, text) if text and "&" in text else text for text in texts], dtype=pl.String
        )
    frame = texts.alias("text").to_frame()
    return frame.select(pl.when(pl.col("text") != "").then(pl.col("text"))).to_series()


def _sign(told: re.Match[str]) -> str:
    """The sign that a reference stands for in XML; HTML would read some of the numbers otherwise."""
    hexadecimal, decimal, name = told.groups()
    return _NAMED_SIGNS[name] if name else chr(int(hexadecimal, 16) if hexadecimal else int(decimal))


def _with_parents(tokens: pl.DataFrame) -> pl.DataFrame:
    """The opening tags alone, each with the row of the element that it stands in."""
    closes = pl.col("tag").str.starts_with("/")
    is_empty = pl.col("tag").str.ends_with("/")
    step = pl.when(closes).then(-1).when(is_empty).then(0).otherwise(1)
    depths = tokens.with_columns(closes.alias("closes"), (step.cum_sum() - step).alias("depth"))
    opened = depths.filter(~pl.col("closes")).with_row_index("row")
    if opened.height > _MOST_ELEMENTS or opened["depth"].max() >= _DEEPEST:  # type: ignore[operator]
        raise CannotRead(_NO_RETURN)
    parent = pl.lit(ROOT_PARENT, dtype=pl.Int32)
    for depth in sorted(set(opened["depth"]))[:-1]:
        above = pl.when(pl.col("depth") == depth).then(pl.col("row")).forward_fill().cast(pl.Int32)
        parent = pl.when(pl.col("depth") == depth + 1).then(above).otherwise(parent)
    bare = pl.col("tag").str.strip_chars_end("/ ").str.replace(r"^[^:]*:", "")
    return opened.select(bare, parent.alias("parent"), pl.col("line"), pl.col("text"))


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
        if len(self.open) > _DEEPEST or len(self.tags) >= _MOST_ELEMENTS:
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
