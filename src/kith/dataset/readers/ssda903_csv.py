"""Reads one SSDA903 CSV file: one table, recognised by its headings, with nothing lost.

Each line that holds anything is a row of the table or a reject.
"""

from dataclasses import dataclass
from pathlib import PurePosixPath

import polars as pl

from kith.dataset.formats import Table, tables_903
from kith.dataset.readers.cells import DateForm, typed, with_hash
from kith.dataset.readers.csv_rows import decoded, split_headings_off, split_rows
from kith.dataset.readers.files import CannotRead, sha256_of
from kith.dataset.returns import FILE_COLUMN, LINE_COLUMN, ReadFile, Reject

DATES: DateForm = "DD/MM/YYYY"
CHILD = "CHILD"

_NEAR_ENOUGH = 3


@dataclass(frozen=True)
class ReadTable:
    """One CSV as read: its typed rows with `_file`, `_line` and `_hash`, its rejects, and the file."""

    table: str
    frame: pl.DataFrame
    rejects: tuple[Reject, ...]
    file: ReadFile


def read_903_csv(name: str, data: bytes) -> ReadTable:
    """The rows of one SSDA903 CSV file. Raises CannotRead, saying what to do, where no row can be read."""
    text, note = decoded(data)
    headings, lines, first_line = split_headings_off(text)
    table = table_of(headings, name)
    raw, broken = split_rows(lines, first_line, headings, name)
    result = typed(raw, table.columns, file=name, child=CHILD, dates=DATES)
    rejects = tuple(sorted((*broken, *result.rejects), key=lambda reject: reject.line or 0))
    rows = result.frame.height + len(rejects)
    frame = _finished(result.frame, table, name)
    note = f"{note} {_doubt_of_the_end(data)}".strip()
    file = ReadFile(name, sha256_of(data), table.name, rows, _note(note, rows, rejects))
    return ReadTable(table.name, frame, rejects, file)


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


def _finished(frame: pl.DataFrame, table: Table, name: str) -> pl.DataFrame:
    ordered = frame.select(*table.headings, pl.lit(name).alias(FILE_COLUMN), LINE_COLUMN)
    return with_hash(ordered, table.name, table.headings)


def _doubt_of_the_end(data: bytes) -> str:
    """Words of warning where the last line has no end: a file cut inside its last cell looks just so."""
    if not data.strip() or data.endswith((b"\n", b"\r")):
        return ""
    return "Its last line has no line end: if the file was cut short on its way, the last cell may be too."


def _note(note: str, rows: int, rejects: tuple[Reject, ...]) -> str:
    if rows and len(rejects) == rows:
        note = f"{note} None of its {rows:,} rows could be read; the first: {rejects[0].reason}".strip()
    return note
