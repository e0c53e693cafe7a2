"""Reads one SSDA903 CSV file: one table, recognised by its headings, with nothing lost.

Each line that holds anything is a row of the table or a reject. Most files take the quick path, where
Polars splits whole columns at once; only a file with quotation marks is split line by line.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

import polars as pl

from kith.dataset.formats import Table, tables_903
from kith.dataset.readers.cells import RAW_COLUMN, DateForm, typed, with_hash
from kith.dataset.readers.files import CannotRead, fault_in_bytes, looks_like_html, sha256_of
from kith.dataset.returns import FILE_COLUMN, LINE_COLUMN, LONGEST_ROW_SHOWN, ReadFile, Reject

DATES: DateForm = "DD/MM/YYYY"
CHILD = "CHILD"

_NEAR_ENOUGH = 3
_LINES_IN_ONE_ROW = 20
_BLANK = ' \t,"\u00a0\ufeff'


@dataclass(frozen=True)
class ReadTable:
    """One CSV as read: its typed rows with `_file`, `_line` and `_hash`, its rejects, and the file."""

    table: str
    frame: pl.DataFrame
    rejects: tuple[Reject, ...]
    file: ReadFile


@dataclass(frozen=True)
class _Split:
    line: int
    raw: str
    cells: tuple[str, ...] | None
    fault: str = ""


def read_903_csv(name: str, data: bytes) -> ReadTable:
    """The rows of one SSDA903 CSV file. Raises CannotRead, saying what to do, where no row can be read."""
    text, note = decoded(data)
    lines = _lines(text)
    start = _line_of_headings(lines)
    headings = split_headings(lines[start])
    table = table_of(headings, name)
    raw, broken = _rows(lines[start + 1 :], start + 2, headings, name)
    result = typed(raw, table.columns, file=name, child=CHILD, dates=DATES)
    rejects = tuple(sorted((*broken, *result.rejects), key=lambda reject: reject.line or 0))
    rows = result.frame.height + len(rejects)
    frame = _finished(result.frame, table, name)
    file = ReadFile(name, sha256_of(data), table.name, rows, _note(note, rows, rejects))
    return ReadTable(table.name, frame, rejects, file)


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
    cells = next(csv.reader([line.replace("\0", "")]), [])
    return tuple(cell.strip(" \t\ufeff\u00a0").upper() for cell in cells)


def table_of(headings: tuple[str, ...], name: str) -> Table:
    """The 903 table with exactly these headings, in any order.

    Raises CannotRead with what is missing or too much where they are nearly those of a table.
    """
    tables = tables_903().values()
    _refuse_doubled_headings(headings)
    given = frozenset(headings)
    for table in tables:
        if given == frozenset(table.headings):
            return table
    raise CannotRead(_near_miss(headings, name))


def table_named_in(name: str) -> Table | None:
    """The 903 table whose usual file name is in `name`, or None."""
    stem = PurePosixPath(name).stem.lower().replace("-", "_").replace(" ", "_")
    named = [table for table in tables_903().values() if _spellings(table) & _parts(stem)]
    return max(named, key=lambda table: len(table.file), default=None)


def _spellings(table: Table) -> set[str]:
    return {table.file, table.name.lower(), table.file.replace("_", "")}


def _parts(stem: str) -> set[str]:
    words = [word for word in stem.split("_") if word]
    spans = range(1, 4)
    return {"_".join(words[at : at + span]) for span in spans for at in range(len(words))}


def _refuse_doubled_headings(headings: tuple[str, ...]) -> None:
    doubled = sorted({heading for heading in headings if heading and headings.count(heading) > 1})
    if doubled:
        raise CannotRead(
            f"The heading {', '.join(doubled)} stands over more than one column, so it is not clear which "
            "to read. Take the extra column out."
        )


def _near_miss(headings: tuple[str, ...], name: str) -> str:
    given = frozenset(headings)
    nearest = table_named_in(name) or max(
        tables_903().values(),
        key=lambda table: len(given & set(table.headings)) / len(given | set(table.headings)),
    )
    missing = [heading for heading in nearest.headings if heading not in given]
    extra = [heading or "(a blank heading)" for heading in headings if heading not in nearest.headings]
    if len(headings) == 1 and (mark := _other_separator(headings[0])):
        return f"The columns are parted by {mark}, not by commas. Save the file again as “CSV UTF-8”."
    if len(missing) + len(extra) > _NEAR_ENOUGH and table_named_in(name) is None:
        shown = ", ".join(headings)[:200]
        return (
            f"The headings ({shown}) are not those of any SSDA903 table. The first line of the file has to "
            "hold the headings of one table."
        )
    return f"This looks like {nearest.name} but {_difference(missing, extra)}."


def _difference(missing: list[str], extra: list[str]) -> str:
    parts = []
    if missing:
        parts.append(f"has no {_columns(missing)}; add it, blank if need be")
    if extra:
        parts.append(f"has the extra {_columns(extra)}; take it out")
    return ", and ".join(parts)


def _columns(names: list[str]) -> str:
    return f"{', '.join(names[:8])} {'column' if len(names) == 1 else 'columns'}"


def _other_separator(heading: str) -> str | None:
    return next(
        (word for mark, word in ((";", "semicolons"), ("\t", "tabs"), ("|", "bars")) if mark in heading), None
    )


def _lines(text: str) -> list[str]:
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text.split("\n")


def _line_of_headings(lines: list[str]) -> int:
    for at, line in enumerate(lines):
        if line.strip(_BLANK):
            return at
    raise CannotRead("The file is empty. Export it again; if there was nothing to return, leave it out.")


def _rows(
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


def _finished(frame: pl.DataFrame, table: Table, name: str) -> pl.DataFrame:
    ordered = frame.select(*table.headings, pl.lit(name).alias(FILE_COLUMN), LINE_COLUMN)
    return with_hash(ordered, table.name, table.headings)


def _note(note: str, rows: int, rejects: tuple[Reject, ...]) -> str:
    if rows and len(rejects) == rows:
        note = f"{note} None of its {rows:,} rows could be read; the first: {rejects[0].reason}".strip()
    return note
