"""Opens a CSV file of Explore Education Statistics, and says in words why one cannot be read."""

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from kith.dataset.readers.cells import RAW_COLUMN
from kith.dataset.readers.csv_rows import decoded, split_headings_off, split_rows
from kith.dataset.readers.files import CannotRead, Limits, given_files
from kith.dataset.returns import LINE_COLUMN, Reject

LAYOUT = ("time_period", "time_identifier", "geographic_level")
PLACE_COLUMNS = (
    "country_code",
    "country_name",
    "region_code",
    "region_name",
    "old_la_code",
    "new_la_code",
    "la_name",
)
_META = {"col_name", "col_type", "label"}
_WHERE_FROM = "Download the CSV file of the data set again from Explore Education Statistics."


@dataclass(frozen=True, slots=True)
class ExploreFile:
    """A file's rows as text, trimmed, under headings in small letters, with `_line`.

    A column of the layout that the file lacks is there and blank. `headings` are the file's own. `rejects`
    are rows that could not be split; `notes` are what to know of the file as a whole.
    """

    name: str
    headings: tuple[str, ...]
    rows: pl.DataFrame
    rejects: tuple[Reject, ...]
    notes: tuple[str, ...]


def open_explore(path: Path) -> ExploreFile:
    """The rows of the file at `path`. Raises CannotRead, in words, for anything that is not such a file."""
    data = _bytes_of(path)
    text, note = decoded(data)
    headings, lines, first_line = split_headings_off(text)
    names = tuple(heading.lower() for heading in headings)
    _check_headings(names, text)
    rows, rejects = split_rows(lines, first_line, names, path.name)
    if rows.is_empty():
        raise CannotRead(f"The file has headings but no whole row below them. {_WHERE_FROM}")
    whole = "" if text.endswith(("\n", "\r")) else "The last line has no end. Check that the file is whole."
    tidy = pl.DataFrame([rows[name].fill_null("").str.strip_chars() for name in names]).with_columns(
        rows[LINE_COLUMN], *(pl.lit("").alias(column) for column in PLACE_COLUMNS if column not in names)
    )
    return ExploreFile(path.name, names, tidy, tuple(rejects), tuple(one for one in (note, whole) if one))


def _bytes_of(path: Path) -> bytes:
    if path.is_dir():
        raise CannotRead("This is a folder. Give one of its CSV files.")
    if path.suffix.lower() == ".zip":
        raise CannotRead("This is a zip file. Unpack it, and give one of the CSV files in its data folder.")
    return next(iter(given_files(path, Limits()))).read()


def _check_headings(names: tuple[str, ...], text: str) -> None:
    first = text.lstrip("\ufeff \t\r\n").split("\n", 1)[0]
    if len(names) == 1 and any(mark in first for mark in (";", "\t", "|")):
        raise CannotRead("The columns are not parted by commas. Save the file again as “CSV UTF-8”.")
    if set(names) >= _META:
        raise CannotRead(
            "This is the DfE's list of a file's columns. Give the file of the figures, which has the same "
            "name without “.meta”."
        )
    missing = [column for column in LAYOUT if column not in names]
    if missing:
        raise CannotRead(
            f"The file has no column {' and no column '.join(missing)}, so it is not in the layout of "
            f"Explore Education Statistics, or lost its first line. {_WHERE_FROM}"
        )
    counts = Counter((*names, LINE_COLUMN, RAW_COLUMN))  # those two are the reader's own
    twice = [name or "(blank)" for name, times in counts.items() if times > 1]
    if twice:
        raise CannotRead(f"The heading {twice[0][:60]} stands more than once. {_WHERE_FROM}")
