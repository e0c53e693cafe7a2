"""Source rows: what each does to the record (the six counts), and returns made again from stored rows."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from kith.dataset.returns import FILE_COLUMN, HASH_COLUMN, LINE_COLUMN, SOURCE_COLUMNS, Return
from kith.record.extract.mapping import FACTS
from kith.record.importer.models import Outcome, SourceRow

CHILD = {"903": "CHILD", "cin": "LAchildID"}


@dataclass(frozen=True)
class RowKey:
    """What makes two rows of a table the same row told again, and which columns its end fills.

    `annual`: the row speaks of one year only, so next year's is another row. `of` names the table
    whose row it hangs on, with the column of running numbers that ties them; the numbers themselves
    mean nothing in another file.
    """

    key: tuple[str, ...]
    ends: tuple[str, ...] = ()
    annual: bool = False
    of: tuple[str, str] | None = None
    numbers: tuple[str, ...] = ()


CIN_DETAILS = ("CINdetails", "CINdetailsID")
ROW_KEYS: Mapping[tuple[str, str], RowKey] = {
    ("903", "Header"): RowKey((), ("MOTHER", "MC_DOB")),
    ("903", "Episodes"): RowKey(("DECOM",), ("DEC", "REC", "REASON_PLACE_CHANGE")),
    ("903", "Reviews"): RowKey(("REVIEW",)),
    ("903", "UASC"): RowKey((), ("DUC",)),
    ("903", "OC2"): RowKey((), annual=True),
    ("903", "OC3"): RowKey((), annual=True),
    ("903", "AD1"): RowKey((), annual=True),
    ("903", "PlacedAdoption"): RowKey(("DATE_PLACED",), ("DATE_PLACED_CEASED", "REASON_PLACED_CEASED")),
    ("903", "PrevPerm"): RowKey(()),
    ("903", "Missing"): RowKey(("MIS_START",), ("MIS_END",)),
    ("903", "SWEpisodes"): RowKey(("SW_ID", "SW_DECOM"), ("SW_DEC", "SW_REASON")),
    ("903", "DoLo"): RowKey(("DOLO_START",), ("DOLO_END",)),
    ("cin", "Header"): RowKey((), annual=True),
    ("cin", "Children"): RowKey((), ("PersonBirthDate", "PersonDeathDate")),
    ("cin", "Disabilities"): RowKey(("Disability",)),
    ("cin", "CINdetails"): RowKey(
        ("CINreferralDate",), ("CINclosureDate", "ReasonForClosure"), numbers=("CINdetailsID",)
    ),
    ("cin", "Assessments"): RowKey(
        ("AssessmentActualStartDate",),
        ("AssessmentInternalReviewDate", "AssessmentAuthorisationDate"),
        of=CIN_DETAILS,
        numbers=("CINdetailsID", "AssessmentsID"),
    ),
    ("cin", "AssessmentFactors"): RowKey(
        ("AssessmentFactor",),
        of=("Assessments", "AssessmentsID"),
        numbers=("CINdetailsID", "AssessmentsID"),
    ),
    ("cin", "CINplanDates"): RowKey(
        ("CINPlanStartDate",), ("CINPlanEndDate",), of=CIN_DETAILS, numbers=("CINdetailsID",)
    ),
    ("cin", "Section47"): RowKey(
        ("S47ActualStartDate",),
        ("InitialCPCtarget", "DateOfInitialCPC"),
        of=CIN_DETAILS,
        numbers=("CINdetailsID", "Section47ID"),
    ),
    ("cin", "ChildProtectionPlans"): RowKey(
        ("CPPstartDate",), ("CPPendDate",), of=CIN_DETAILS, numbers=("CINdetailsID", "CPPID")
    ),
    ("cin", "Reviews"): RowKey(
        ("CPPreviewDate",), of=("ChildProtectionPlans", "CPPID"), numbers=("CINdetailsID", "CPPID")
    ),
    ("cin", "PreProceedings"): RowKey(("PPStartDate",), of=CIN_DETAILS, numbers=("CINdetailsID",)),
}


@dataclass(slots=True)
class Row:
    """One source row on its way in; `values` are plain (dates as YYYY-MM-DD)."""

    kind: str
    year: int
    authority: str
    table: str
    child: str
    file: str
    line: int
    hash: str
    values: dict[str, Any]
    outcome: str = ""
    hangs_on: tuple[Any, ...] = field(default=())


def rows_of(return_: Return, authority: str) -> list[Row]:
    """Every row of the return's tables, as plain values; NUL characters become the replacement mark."""
    rows = [row for table, frame in return_.tables.items() for row in _rows(return_, authority, table, frame)]
    _hang(rows)
    return rows


def _rows(return_: Return, authority: str, table: str, frame: pl.DataFrame) -> Iterator[Row]:
    child = CHILD[return_.kind]
    plain = without_nul(frame).with_columns(pl.col(pl.Date, pl.Datetime).cast(pl.String))
    carried = [name for name in plain.columns if name not in SOURCE_COLUMNS]
    children = plain[child].to_list() if child in plain.columns else [""] * plain.height
    for values, who, file, line, digest in zip(
        plain.select(carried).to_dicts(),
        children,
        plain[FILE_COLUMN],
        plain[LINE_COLUMN],
        plain[HASH_COLUMN],
        strict=True,
    ):
        yield Row(return_.kind, return_.year, authority, table, who or "", file, line or 0, digest, values)


def without_nul(frame: pl.DataFrame) -> pl.DataFrame:
    """The frame with U+FFFD in place of NUL, which PostgreSQL cannot hold."""
    return frame.with_columns(pl.col(pl.String).str.replace_all("\x00", "\ufffd", literal=True))


def _hang(rows: Sequence[Row]) -> None:
    """Tell each row of the census which row it hangs on, by that row's own key and not its number."""
    keys: dict[tuple[str, str, str, str], tuple[Any, ...]] = {}
    for row in rows:
        rule = ROW_KEYS.get((row.kind, row.table))
        if rule and rule.of:
            table, number = rule.of
            row.hangs_on = keys.get((row.file, row.child, table, str(row.values.get(number))), ())
        for number in rule.numbers if rule else ():
            key = (*row.hangs_on, *(row.values.get(name) for name in rule.key)) if rule else ()
            keys.setdefault((row.file, row.child, row.table, str(row.values.get(number))), key)


@dataclass(slots=True)
class _Seen:
    year: int
    file: str
    values: dict[str, Any]


class Ledger:
    """Which rows the record has already been told, so that each new one can be named.

    Add what is stored first, then name the new rows, year by year.
    """

    def __init__(self) -> None:
        self._seen: dict[tuple[Any, ...], list[_Seen]] = defaultdict(list)

    def remember(self, row: Row) -> None:
        self._seen[_key(row)].append(_Seen(row.year, row.file, _content(row)))

    def name(self, row: Row) -> str:
        """What the row does to the record: an Outcome. A row of an earlier return changes nothing."""
        seen, content = self._seen[_key(row)], _content(row)
        outcome = _outcome(row, content, seen)
        seen.append(_Seen(row.year, row.file, content))
        return outcome


def _outcome(row: Row, content: dict[str, Any], seen: list[_Seen]) -> str:
    if any(one.values == content for one in seen):
        return Outcome.UNCHANGED
    elsewhere = [one for one in seen if one.file != row.file]  # a file may contradict itself: both are added
    if not elsewhere:
        return Outcome.ADDED
    latest = max(elsewhere, key=lambda one: one.year)
    if row.year < latest.year:
        return Outcome.UNCHANGED
    ends = ends_of(row)
    changed = [name for name in {*latest.values, *content} if latest.values.get(name) != content.get(name)]
    filled = all(name in ends and latest.values.get(name) is None for name in changed)
    return Outcome.CONTINUED if filled else Outcome.CORRECTED


def ends_of(row: Row) -> frozenset[str]:
    """The columns that are filled when what the row tells of ends."""
    if rule := ROW_KEYS.get((row.kind, row.table)):
        return frozenset(rule.ends)
    return frozenset(
        column
        for table in FACTS
        if table.table == row.table
        for column, name in table.columns.items()
        if name in table.ends
    )


def _key(row: Row) -> tuple[Any, ...]:
    rule = ROW_KEYS.get((row.kind, row.table))
    if rule is None:
        return (row.authority, row.kind, row.table, row.child, row.hash)
    year = row.year if rule.annual else None
    told = tuple(row.values.get(name) for name in rule.key)
    return (row.authority, row.kind, row.table, row.child, year, row.hangs_on, told)


def _content(row: Row) -> dict[str, Any]:
    rule = ROW_KEYS.get((row.kind, row.table))
    numbers = rule.numbers if rule else ()
    return {name: value for name, value in row.values.items() if name not in numbers and value is not None}


TYPE_NAMES = {pl.Date: "date", pl.Int64: "integer", pl.String: "text"}


def types_of(frame: pl.DataFrame) -> dict[str, str]:
    """Column -> `date`, `integer` or `text`, as stored with a file so that its rows can be typed again."""
    return {
        name: TYPE_NAMES.get(type(kind), "text")
        for name, kind in frame.schema.items()
        if name not in SOURCE_COLUMNS
    }


def stored_as_rows(stored: Iterable[SourceRow]) -> list[Row]:
    """Stored rows in the shape of new ones; `file` is the stored file's id, which is unique."""
    rows = [
        Row(
            one.return_kind, one.year, one.authority, one.table, one.child,
            str(one.file_id), one.line, one.hash, one.values,
        )
        for one in stored
    ]  # fmt: skip
    _hang(rows)
    return rows


def returns_again(stored: Iterable[SourceRow]) -> list[Return]:
    """Returns made from stored rows, each with only those rows (their files must be loaded too).

    SSDA903 rows of one year are one return. Rows of a CIN census are one return a file, since their
    running numbers tie rows together within a file only.
    """
    grouped: dict[tuple[str, int, str, int], dict[str, list[SourceRow]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for row in stored:
        file = row.file_id if row.return_kind == "cin" else 0
        grouped[row.return_kind, row.year, row.authority, file][row.table].append(row)
    return [
        Return(
            kind=kind,  # type: ignore[arg-type]
            year=year,
            year_because="as stored",
            authority=authority or None,
            tables={table: _frame(rows) for table, rows in tables.items()},
        )
        for (kind, year, authority, _), tables in sorted(grouped.items())
    ]


def _frame(rows: list[SourceRow]) -> pl.DataFrame:
    types: dict[str, str] = {}
    for file in {row.file_id: row.file for row in rows}.values():
        types.update(file.types.get(rows[0].table, {}))
    columns = [
        pl.Series(name, [row.values.get(name) for row in rows], dtype=_stored(kind))
        for name, kind in types.items()
    ]
    frame = pl.DataFrame(columns).with_columns(
        pl.col(name).str.to_date() for name, kind in types.items() if kind == "date"
    )
    return frame.with_columns(
        pl.Series(FILE_COLUMN, [row.file.name for row in rows], dtype=pl.String),
        pl.Series(LINE_COLUMN, [row.line for row in rows], dtype=pl.Int64),
        pl.Series(HASH_COLUMN, [row.hash for row in rows], dtype=pl.String),
    )


def _stored(kind: str) -> pl.DataType:
    return pl.Int64() if kind == "integer" else pl.String()


def joined(returns: Iterable[Return]) -> list[Return]:
    """Returns with the SSDA903 ones of one authority and year put together; the others as they are."""
    together: dict[tuple[int, str | None], list[Return]] = defaultdict(list)
    alone = []
    for return_ in returns:
        if return_.kind == "903":
            together[return_.year, return_.authority].append(return_)
        else:
            alone.append(return_)
    return [_join(parts) for parts in together.values()] + alone


def _join(parts: list[Return]) -> Return:
    if len(parts) == 1:
        return parts[0]
    tables: dict[str, list[pl.DataFrame]] = defaultdict(list)
    for part in parts:
        for table, frame in part.tables.items():
            tables[table].append(frame)
    first = parts[0]
    return Return(
        kind=first.kind,
        year=first.year,
        year_because=first.year_because,
        authority=first.authority,
        tables={table: pl.concat(frames, how="diagonal") for table, frames in tables.items()},
        files=tuple(file for part in parts for file in part.files),
        rejects=tuple(reject for part in parts for reject in part.rejects),
    )
