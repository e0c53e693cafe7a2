"""Splits the text of a CSV file into rows, whatever state it is in, and loses none of them.

Most files take the quick path, where Polars splits whole columns at once; only a file with quotation
marks is split line by line.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl

from kith.dataset.readers.cells import RAW_COLUMN
from kith.dataset.readers.files import CannotRead, fault_in_bytes, looks_like_html
from kith.dataset.returns import LINE_COLUMN, LONGEST_ROW_SHOWN, Reject

_LINES_IN_ONE_ROW = 20
_MOST_HEADINGS = 1_000
_BLANK = ' \t,"\u00a0\ufeff'


@dataclass(frozen=True)
class _Split:
    line: int
    raw: str
    cells: tuple[str, ...] | None
    fault: str = ""


def split_headings_off(text: str) -> tuple[tuple[str, ...], list[str], int]:
    """The headings, the lines below them, and the number of the first of those lines.

    Raises CannotRead where no line holds anything.
    """
    lines = _lines(text)
    start = _line_of_headings(lines)
    return split_headings(lines[start]), lines[start + 1 :], start + 2


def decoded(data: bytes) -> tuple[str, str]:
    """The file's text, and a note where it was not UTF-8. Raises CannotRead where it is not text."""
    if reason := fault_in_bytes(data[:4096]):
        raise CannotRead(reason)
    if looks_like_html(data[:4096]):
        raise CannotRead(
            "This is a web page, not a CSV file: often the sign-in or error page of the system it came "
            "from. Sign in there and export the file again."
        )
    try:
        return data.decode("utf-8-sig"), ""
    except UnicodeDecodeError:
        pass
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError as fault:
        raise CannotRead(
            "The file is neither UTF-8 nor Windows-1252. Save it again as “CSV UTF-8”."
        ) from fault
    return (
        text,
        "Read as Windows-1252, because it is not UTF-8. Save it as “CSV UTF-8” to be sure of accents.",
    )


def split_headings(line: str) -> tuple[str, ...]:
    """The headings in a CSV's first line: trimmed, upper-cased, quotation marks and byte-order mark off."""
    try:
        cells = next(csv.reader([line.replace("\0", "")]), [])
    except csv.Error:
        cells = []
    if not cells or len(cells) > _MOST_HEADINGS:
        raise CannotRead(
            "The first line does not hold the headings of a table. Check that it is the right file, and that "
            "its first line has one heading for each column."
        )
    return tuple(cell.strip(" \t\ufeff\u00a0").upper() for cell in cells)


def _lines(text: str) -> list[str]:
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text.split("\n")


def _line_of_headings(lines: list[str]) -> int:
    for at, line in enumerate(lines):
        if line.strip(_BLANK):
            return at
    raise CannotRead("The file is empty. Export it again; if there was nothing to return, leave it out.")


def split_rows(
    lines: list[str], first_line: int, headings: tuple[str, ...], name: str
) -> tuple[pl.DataFrame, list[Reject]]:
    """The rows as text columns with `_line` and `_raw`, and a reject for each that could not be split."""
    text = pl.DataFrame({RAW_COLUMN: pl.Series(lines, dtype=pl.String)}).with_columns(
        pl.int_range(first_line, first_line + len(lines), dtype=pl.Int64).alias(LINE_COLUMN)
    )
    if any('"' in line for line in lines):
        return _split_with_care(lines, first_line, headings, name)
    text = text.filter(pl.col(RAW_COLUMN).str.strip_chars(_BLANK) != "")
    commas = text[RAW_COLUMN].str.count_matches(",", literal=True)
    right = (commas == len(headings) - 1) & ~text[RAW_COLUMN].str.contains("\0", literal=True)
    broken = [
        Reject(name, line, None, _fault(raw, count + 1, headings), raw[:LONGEST_ROW_SHOWN])
        for (raw, line), count in zip(text.filter(~right).iter_rows(), commas.filter(~right), strict=True)
    ]
    return _split_at_commas(text.filter(right), headings), broken


def _split_at_commas(text: pl.DataFrame, headings: tuple[str, ...]) -> pl.DataFrame:
    cells = text[RAW_COLUMN].str.split_exact(",", len(headings) - 1).struct.unnest()
    cells.columns = list(headings)
    return cells.with_columns(text[LINE_COLUMN], text[RAW_COLUMN])


def _fault(raw: str, cells: int, headings: tuple[str, ...]) -> str:
    if "\0" in raw:
        return "The row holds a null character, as a damaged file does. Export the file again."
    if cells > len(headings):
        return (
            f"The row has {cells} cells where the headings have {len(headings)}. A comma inside a cell needs "
            "quotation marks around the cell."
        )
    return f"The row has {cells} of its {len(headings)} cells. It may be cut short; export the file again."


def _split_with_care(
    lines: list[str], first_line: int, headings: tuple[str, ...], name: str
) -> tuple[pl.DataFrame, list[Reject]]:
    rows = list(_careful_rows(lines, first_line, headings))
    good = [row for row in rows if row.cells is not None]
    columns = {
        heading: pl.Series([row.cells[at] for row in good if row.cells is not None], dtype=pl.String)
        for at, heading in enumerate(headings)
    }
    columns[LINE_COLUMN] = pl.Series([row.line for row in good], dtype=pl.Int64)
    columns[RAW_COLUMN] = pl.Series([row.raw for row in good], dtype=pl.String)
    broken = [
        Reject(name, row.line, None, row.fault, row.raw[:LONGEST_ROW_SHOWN])
        for row in rows
        if row.cells is None
    ]
    return pl.DataFrame(columns), broken


def _careful_rows(lines: list[str], first_line: int, headings: tuple[str, ...]) -> Iterator[_Split]:
    """Each row, which may run over several lines inside quotation marks.

    Where a quotation mark is never closed the line is rejected alone, so the rows below it are not lost.
    """
    at = 0
    while at < len(lines):
        taken, row = _row_at(lines, at, first_line + at, headings)
        if row is not None:
            yield row
        at += taken


def _row_at(lines: list[str], at: int, line: int, headings: tuple[str, ...]) -> tuple[int, _Split | None]:
    raw = lines[at]
    if not raw.strip(_BLANK):
        return 1, None
    if "\0" in raw:
        return 1, _Split(line, raw, None, _fault(raw, 0, headings))
    for taken in range(1, _LINES_IN_ONE_ROW + 1):
        whole = "\n".join(lines[at : at + taken])
        if whole.count('"') % 2 == 0 and "\0" not in whole:
            cells = _cells(whole)
            if cells is not None and len(cells) == len(headings):
                return taken, _Split(line, whole, cells)
            break
        if at + taken >= len(lines):
            break
    return 1, _Split(line, raw, None, _fault_with_quotes(raw, headings))


def _cells(whole: str) -> tuple[str, ...] | None:
    try:
        rows = list(csv.reader([whole], strict=True))
    except csv.Error:
        return None
    return tuple(rows[0]) if len(rows) == 1 else None


def _fault_with_quotes(raw: str, headings: tuple[str, ...]) -> str:
    if raw.count('"') % 2:
        return "A quotation mark in this row is not closed. Close it, or take it out."
    cells = _cells(raw)
    if cells is None:
        return "A quotation mark stands in the middle of a cell. Take it out, or write it twice."
    return _fault(raw, len(cells), headings)
