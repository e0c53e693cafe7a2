"""A statutory return as it was read: typed tables, the files they came from, and every row left out.

The tables keep the return's own names and headings (`Episodes`, `DECOM`); what they mean as facts is
worked out elsewhere. Every row of every input file is in one table or in `rejects`, never in neither.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

import polars as pl

Kind = Literal["903", "cin"]

FILE_COLUMN = "_file"
LINE_COLUMN = "_line"
HASH_COLUMN = "_hash"
SOURCE_COLUMNS = (FILE_COLUMN, LINE_COLUMN, HASH_COLUMN)

LONGEST_ROW_SHOWN = 500


@dataclass(frozen=True)
class Reject:
    """One row, or one whole file, that was not taken in, and why.

    `line` counts from 1 in the file as a text editor would; it is None when the reason is about the
    whole file. `row` is the raw text, cut at 500 characters.
    """

    file: str
    line: int | None
    column: str | None
    reason: str
    row: str = ""


@dataclass(frozen=True)
class ReadFile:
    """A file that was read into `table`; `rows` counts its data rows, taken in or rejected.

    `note` says what the reader did that a person may want to know, such as reading Windows-1252.
    A CIN or 903 XML file fills many tables; its `table` is then "*".
    """

    name: str
    sha256: str
    table: str
    rows: int
    note: str = ""


@dataclass(frozen=True)
class Return:
    """One authority's return for one year.

    `year` is the END year: 1 April 2017 to 31 March 2018 is 2018. `authority` is the 3-digit code where
    a file tells it. Each table has its headings as typed columns, then `_file`, `_line` and `_hash`.
    """

    kind: Kind
    year: int
    year_because: str
    authority: str | None
    tables: Mapping[str, pl.DataFrame]
    files: tuple[ReadFile, ...] = ()
    rejects: tuple[Reject, ...] = field(default=())

    def rows_read(self) -> int:
        """How many rows its files held: those in tables and those rejected."""
        return sum(file.rows for file in self.files)
