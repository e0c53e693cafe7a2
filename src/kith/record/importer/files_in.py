"""Files on their way in: which of them are stored already, which rows each has, and which are left out."""

from dataclasses import dataclass, field, replace

import polars as pl

from kith.dataset.returns import FILE_COLUMN, Return
from kith.dataset.returns import Reject as ReadReject
from kith.record.importer.models import Reject, SourceFile, SourceRow
from kith.record.importer.rows import CHILD, Row, rows_of, types_of

LONGEST_CHILD_ID = 40


@dataclass
class FileIn:
    """One file on its way in. `same_as`: its content is stored already, and every row still counts."""

    name: str
    sha256: str
    kind: str
    year: int
    authority: str
    table: str
    types: dict[str, dict[str, str]] = field(default_factory=dict)
    rows: list[Row] = field(default_factory=list)
    rejects: list[ReadReject] = field(default_factory=list)
    same_as: SourceFile | None = None
    stored: SourceFile | None = None
    repeated: int = 0  # rows of the file that `same_as` holds already


def files_of(one: Return, authority: str) -> list[FileIn]:
    """The return's files by name; rejects go with the file they name."""
    names = {name for frame in one.tables.values() for name in frame[FILE_COLUMN].unique()}
    names |= {file.name for file in one.files} | {left_out.file for left_out in one.rejects}
    found = []
    for name in sorted(names):
        listed = [file for file in one.files if file.name == name]
        table = listed[0].table if len(listed) == 1 else "*"
        digest = listed[0].sha256 if listed else ""
        found.append(
            FileIn(
                name=name,
                sha256=digest,
                kind=one.kind,
                year=one.year,
                authority=authority,
                table=table,
                rejects=[left_out for left_out in one.rejects if left_out.file == name],
            )
        )
    return found


def without_repeats(one: Return, files: list[FileIn]) -> Return:
    """The return without the rows of files that are stored already; those files are marked."""
    repeats = []
    for file in files:
        file.same_as = _stored_already(file)
        if file.same_as:
            repeats.append(file.name)
            file.repeated = sum(
                frame.filter(pl.col(FILE_COLUMN) == file.name).height for frame in one.tables.values()
            )
            _keep_its_rejects(file)
    if not repeats:
        return one
    tables = {table: frame.filter(~pl.col(FILE_COLUMN).is_in(repeats)) for table, frame in one.tables.items()}
    return replace(one, tables={table: frame for table, frame in tables.items() if frame.height})


def _stored_already(file: FileIn) -> SourceFile | None:
    if not file.sha256:
        return None
    same = SourceFile.objects.filter(
        sha256=file.sha256,
        return_kind=file.kind,
        year=file.year,
        authority=file.authority,
        batch__undone_at=None,
        same_as=None,
    )
    for stored in same.order_by("pk"):
        rows = SourceRow.objects.filter(file=stored)
        counts = rows.exclude(is_undone=False, replaced_by=None).exists()
        if not counts and (rows.exists() or stored.rows_read == 0):
            return stored
    return None


def _keep_its_rejects(file: FileIn) -> None:
    """A repeated file's rows that the record could not hold are rejected again, as they were."""
    before = file.same_as
    assert before is not None
    read = {(left_out.line, left_out.column or "", left_out.reason) for left_out in file.rejects}
    stored = Reject.objects.filter(batch=before.batch_id, file=before.name).order_by("pk")
    more = [
        ReadReject(file.name, one.line, one.column or None, one.reason, one.row)
        for one in stored
        if (one.line, one.column, one.reason[:500]) not in read
    ]
    file.rejects = [*file.rejects, *more]
    file.repeated -= len({one.line for one in more if one.line is not None})


def put_rows(one: Return, files: list[FileIn], authority: str) -> Return:
    """Give each file its rows, and return the return without those whose child's id is too long to be one."""
    by_name = {file.name: file for file in files}
    for table, frame in one.tables.items():
        for name in frame[FILE_COLUMN].unique():
            by_name[name].types[table] = types_of(frame)
    long = pl.col(CHILD[one.kind]).str.len_chars() > LONGEST_CHILD_ID
    tables: dict[str, pl.DataFrame] = {}
    for table, frame in one.tables.items():
        is_long = long.fill_null(False) if CHILD[one.kind] in frame.columns else pl.lit(False)
        tables[table] = frame.filter(~is_long)
        for row in rows_of(replace(one, tables={table: frame.filter(is_long)}), authority):
            reason = (
                f"The child's id is {len(row.child):,} characters long; an id has at most 20. "
                "Is a column missing or moved? Put the id right, and import the file again."
            )
            by_name[row.file].rejects.append(reject(row, CHILD[row.kind], reason))
    kept = replace(one, tables=tables)
    for row in rows_of(kept, authority):
        by_name[row.file].rows.append(row)
    return kept


def reject(row: Row, column: str, reason: str) -> ReadReject:
    """The row as one left out, with its column (blank: the whole row) and why."""
    text = ",".join("" if value is None else str(value) for value in row.values.values())
    return ReadReject(row.file, row.line, column or None, reason, text[:500])
