"""The rows of one SSDA903 CSV file as text: at once where the file is plain, with care where it is not."""

from dataclasses import dataclass
from io import BytesIO

import polars as pl

from kith.dataset.readers.csv_rows import decoded, split_headings, split_headings_off, split_rows
from kith.dataset.readers.ssda903_csv import CHILD, table_of
from kith.dataset.returns import LINE_COLUMN, Reject

_MARK = b"\xef\xbb\xbf"
_BLANK_AT_AN_EDGE = r"[,\n] | [,\n]"
"""A blank next to a comma or an end of line. A choice that is no such pair would take six times as long."""


@dataclass(frozen=True)
class Split:
    """The table a file is of, its rows as text with `_line`, and the rows that could not be split.

    `is_tidy` says that each cell is trimmed and in capitals already, and null where it is blank.
    """

    table: str
    rows: pl.DataFrame
    rejects: list[Reject]
    is_tidy: bool = False


def split_csv(name: str, data: bytes) -> Split:
    """The rows of a file. Raises CannotRead where no row can be read."""
    if (plain := _plain(name, data)) is not None:
        return plain
    text, _ = decoded(data)
    headings, lines, first_line = split_headings_off(text)
    table = table_of(headings, name)
    rows, rejects = split_rows(lines, first_line, headings, name)
    return Split(table.name, rows.select(*table.headings, LINE_COLUMN), rejects)


def _plain(name: str, data: bytes) -> Split | None:
    """The rows of a file with nothing odd in it, split in one go; None where that needs care.

    Plain is: UTF-8, no quotation mark or null, no blank line, and in every line as many cells as there are
    headings. The splitter refuses a line with more, so their number in all says that none has fewer.
    """
    data = data.removeprefix(_MARK)
    if b"\r" in data:
        data = data.replace(b"\r\n", b"\n")
    head, rows = _headings_off(data)
    if not head.strip(b' ,\t"') or any(odd in data for odd in (b'"', b"\0", b"\r")) or not _is_utf8(data):
        return None
    headings = split_headings(head.decode())
    is_tidy = rows.isascii() and not _has_blank_at_an_edge(rows)
    if not is_tidy and (rows.startswith(b"\n") or b"\n\n" in rows):
        return None  # a tidy file's blank line is told by the number of its cells
    count = rows.count(b"\n") + 1 if rows else 0
    if rows.count(b",") != count * (len(headings) - 1):
        return None
    table = table_of(headings, name)
    frame = _split_at_commas(rows.upper() if is_tidy else rows, headings)
    if frame is None or frame.height != count:
        return None
    return Split(table.name, _with_lines(frame.select(table.headings)), [], is_tidy)


def _is_utf8(data: bytes) -> bool:
    if data.isascii():
        return True
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def _with_lines(rows: pl.DataFrame) -> pl.DataFrame:
    """The rows with the line that each stands in, from the second on; a row of commas alone is none."""
    lines = pl.int_range(2, rows.height + 2, dtype=pl.Int64, eager=True).alias(LINE_COLUMN)
    numbered = rows.hstack([lines])
    if not rows[CHILD].null_count():
        return numbered
    return numbered.filter(pl.any_horizontal(pl.col(rows.columns).is_not_null()))


def _headings_off(data: bytes) -> tuple[bytes, bytes]:
    """The line of headings, and the lines below it without the end of the last, which are copied once."""
    end = data.find(b"\n")
    if end < 0:
        return data, b""
    last = len(data) - 1 if data.endswith(b"\n") else len(data)
    return data[:end], data[end + 1 : last]


def _has_blank_at_an_edge(rows: bytes) -> bool:
    """Whether a cell may begin or end with a blank: one of an uncommon kind is taken for such wherever it is.

    A line of nothing is told by the number of cells. For a long text the search of the splitter's library
    is far quicker than `re`.
    """
    if any(blank in rows for blank in (b"\t", b"\v", b"\f")):
        return True
    if b" " not in rows:
        return False
    inside = pl.Series([rows.decode()]).str.contains(_BLANK_AT_AN_EDGE).any()
    return inside or rows.startswith(b" ") or rows.endswith(b" ")


def _split_at_commas(rows: bytes, headings: tuple[str, ...]) -> pl.DataFrame | None:
    """The rows as text columns, null where blank; None where the splitter does not take them."""
    if not rows:
        return pl.DataFrame(schema=dict.fromkeys(headings, pl.String))
    try:
        frame = pl.read_csv(
            BytesIO(rows), has_header=False, new_columns=list(headings), infer_schema=False, quote_char=None
        )
    except pl.exceptions.PolarsError:
        return None
    return frame if frame.width == len(headings) else None
