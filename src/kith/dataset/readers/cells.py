"""Turning the text of cells into typed values, and saying plainly why a cell cannot be.

A row is left out only where its child id is missing or a value has not the form of its type; a code
that no list knows is kept, for the validation rules to speak of.
"""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import blake2b
from typing import Literal

import polars as pl

from kith.dataset.formats import POLARS_TYPES, Column, ColumnType
from kith.dataset.returns import HASH_COLUMN, LINE_COLUMN, LONGEST_ROW_SHOWN, Reject

DateForm = Literal["DD/MM/YYYY", "YYYY-MM-DD"]

RAW_COLUMN = "_raw"
_VALUE = "_value_"

_DATE_PATTERNS: dict[DateForm, tuple[str, str]] = {
    "DD/MM/YYYY": (r"^\d{1,2}/\d{1,2}/[1-9]\d{3}$", "%d/%m/%Y"),
    "YYYY-MM-DD": (r"^[1-9]\d{3}-\d\d-\d\d$", "%Y-%m-%d"),
}
_PART_DATE = r"^(ZZ|\d{1,2})/(ZZ|\d{1,2})/(ZZZZ|[1-9]\d{3})$"
_INTEGER = r"^-?\d{1,12}(\.0*)?$"
_NUMBER = r"^-?\d{1,15}(\.\d*)?$"
_FLAGS = {"1": 1, "0": 0, "TRUE": 1, "FALSE": 0, "Y": 1, "N": 0}
_MIDNIGHT = r"[ T]00:00(:00(\.0*)?)?Z?$"
_TIME = r"^[1-9]\d{3}-\d\d-\d\d( \d\d:\d\d(:\d\d(\.\d*)?)?)?$"
_TIME_FORMAT = "%Y-%m-%d %H:%M:%S%.f"
_UNSEEN = r"[\x00-\x08\x0B\x0C\x0E-\x1F]"
_OTHER_FAULTS: dict[str, str] = {
    "time": "is not a time written YYYY-MM-DD HH:MM:SS. Write it so.",
    "number": "is not a number. Write it in digits.",
    "texts": 'is not a list written as JSON, such as ["1A", "2B"]. Write it so.',
}
_MONTH_FIRST = r"^(0?[1-9]|1[0-2])/(1[3-9]|2\d|3[01])/\d{4}$"
_DAY_FIRST = r"^(1[3-9]|2\d|3[01])/(0?[1-9]|1[0-2])/\d{4}$"
_MONTH_FIRST_PROOF = 2
_SPREADSHEET_EPOCH = date(1899, 12, 30)
_SPREADSHEET_DAYS = (1, 80_000)
_VALUE_SHOWN = 40


@dataclass(frozen=True)
class Typed:
    """Rows that could be typed, with `_line` and `_hash`, and the rows that could not."""

    frame: pl.DataFrame
    rejects: tuple[Reject, ...]


def typed(
    raw: pl.DataFrame,
    columns: Sequence[Column],
    *,
    file: str,
    child: str,
    dates: DateForm,
) -> Typed:
    """Type each row of `raw` (text columns, `_line`, `_raw`), or reject it for its first bad cell.

    `child` is the column that holds the child id. Blank cells become null.
    """
    clean = raw.with_columns(_cleaned(column) for column in columns)
    both = clean.with_columns(
        parsed(pl.col(column.name), column.type, dates).alias(_VALUE + column.name) for column in columns
    )
    suspect = _columns_with_bad_cells(both, columns, child)
    if not suspect:
        return Typed(_values(both, columns), ())
    bad = _bad_cells(both, suspect, child, dates)
    is_bad = bad.select(pl.any_horizontal(pl.all())).to_series()
    rejects = _explain(clean, raw, bad, is_bad, columns, file=file, dates=dates)
    return Typed(_values(both, columns).filter(~is_bad), rejects)


def with_hash(frame: pl.DataFrame, table: str, columns: Sequence[str]) -> pl.DataFrame:
    """Add `_hash`: 32 hex digits that depend on the table's name and the row's values alone.

    The same row gives the same hash on every machine and in every version: BLAKE2b (16 bytes) over
    `table`, then `COLUMN=value` for each value that is not blank, in the order of `columns`, joined by
    the unit separator (U+001F, which no value may hold); dates as YYYY-MM-DD, numbers in decimal. A
    column that is added later, and is blank, does not change it.
    """
    parts = [
        pl.concat_str([pl.lit(f"{name}="), pl.col(name).cast(pl.String)])
        for name in columns
        if name in frame.columns
    ]
    text = frame.select(
        pl.concat_str([pl.lit(table), *parts], separator="\x1f", ignore_nulls=True).alias(HASH_COLUMN)
    )
    hashes = [blake2b(row.encode(), digest_size=16).hexdigest() for row in text.to_series()]
    return frame.with_columns(pl.Series(HASH_COLUMN, hashes, dtype=pl.String))


def why_not_a_date(value: str, form: DateForm) -> str:
    """Why `value` is not a date in `form`, with the change that would make it one."""
    shown = _shown(value)
    if form == "YYYY-MM-DD":
        if re.fullmatch(_DATE_PATTERNS[form][0], value):
            return f"{shown} is not a day of the calendar. Correct it."
        return f"{shown} is not a date written YYYY-MM-DD, such as 2024-03-31. Write it so."
    return f"{shown} {_fault_of_a_day_first_date(value)}"


def _fault_of_a_day_first_date(value: str) -> str:
    if re.fullmatch(r"\d{4}-\d{1,2}-\d{1,2}.*", value):
        return "is written year first. Write dates as DD/MM/YYYY, such as 31/03/2024."
    if re.fullmatch(_MONTH_FIRST, value):
        return "has the month first, as American dates do. Write dates as DD/MM/YYYY."
    if re.fullmatch(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{2}", value):
        return "has a year of two digits. Write the year in full, as DD/MM/YYYY."
    if re.fullmatch(r"\d{4,6}(\.\d*)?", value):
        return _fault_of_a_spreadsheet_number(value)
    if re.fullmatch(r"\d{1,2}/\d{1,2}/\d{4}[ T].*", value):
        return "has a time after the date. Keep the date alone, as DD/MM/YYYY."
    if re.fullmatch(r"\d{1,2}/\d{1,2}/\d{4}", value):
        return "is not a day of the calendar. Correct it."
    return "is not a date written DD/MM/YYYY, such as 31/03/2024. Write it so."


def _fault_of_a_spreadsheet_number(value: str) -> str:
    days = int(value.partition(".")[0])
    first, last = _SPREADSHEET_DAYS
    if not first <= days <= last:
        return "is a number, not a date. Write dates as DD/MM/YYYY."
    day = _SPREADSHEET_EPOCH + timedelta(days=days)
    return (
        f"is a spreadsheet's number for {day:%d/%m/%Y}. Format the column as a date (DD/MM/YYYY) "
        "and save the file again."
    )


def _shown(value: str) -> str:
    return f"“{value[:_VALUE_SHOWN]}…”" if len(value) > _VALUE_SHOWN else f"“{value}”"


def _cleaned(column: Column) -> pl.Expr:
    text = pl.col(column.name).str.strip_chars()
    if column.type not in ("plain_text", "texts"):
        text = text.str.to_uppercase()
    return pl.when(text != "").then(text).alias(column.name)


def parsed(cell: pl.Expr, type_: ColumnType, dates: DateForm) -> pl.Expr:
    """The typed value of a trimmed cell; null where it has not the form of its type."""
    if type_ == "date":
        return _parsed_date(cell, dates)
    if type_ == "time":
        return _parsed_time(cell)
    if type_ == "integer":
        whole = pl.when(cell.str.contains(_INTEGER)).then(cell.str.replace(r"\.0*$", ""))
        return whole.cast(pl.Int64, strict=False)
    if type_ == "number":
        return pl.when(cell.str.contains(_NUMBER)).then(cell).cast(pl.Float64, strict=False)
    if type_ == "flag":
        return cell.replace_strict(_FLAGS, default=None, return_dtype=pl.Int64)
    if type_ == "texts":
        return cell.map_elements(_list_of_texts, return_dtype=pl.List(pl.String))
    if type_ == "part_date":
        return pl.when(cell.str.contains(_PART_DATE)).then(cell)
    return cell


def _parsed_date(cell: pl.Expr, dates: DateForm) -> pl.Expr:
    """A date in `dates`; one that a database wrote with midnight after it (YYYY-MM-DD 00:00) is taken too."""
    pattern, chrono = _DATE_PATTERNS[dates]
    if dates == "YYYY-MM-DD":
        cell = cell.str.replace(_MIDNIGHT, "")
    return pl.when(cell.str.contains(pattern)).then(cell).str.to_date(chrono, strict=False)


def _parsed_time(cell: pl.Expr) -> pl.Expr:
    plain = cell.str.replace("T", " ", literal=True).str.strip_suffix("Z")
    known = pl.when(plain.str.contains(_TIME)).then(plain)
    full = (
        pl.when(known.str.len_chars() == len("YYYY-MM-DD"))
        .then(known + " 00:00:00")
        .when(known.str.len_chars() == len("YYYY-MM-DD HH:MM"))
        .then(known + ":00")
        .otherwise(known)
    )
    return full.str.to_datetime(_TIME_FORMAT, time_unit="us", strict=False)


def _list_of_texts(text: str) -> list[str] | None:
    """A list written as JSON; None where it is none."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return None
    is_list = isinstance(found, list) and all(isinstance(item, str) for item in found)
    return found if is_list else None


def _values(both: pl.DataFrame, columns: Sequence[Column]) -> pl.DataFrame:
    """The typed values in place of the text they were made of."""
    typed_columns = {_VALUE + column.name: column.name for column in columns}
    texts = [RAW_COLUMN, *typed_columns.values()]
    return both.drop(texts).rename(typed_columns)


def _columns_with_bad_cells(both: pl.DataFrame, columns: Sequence[Column], child: str) -> list[Column]:
    """Those of `columns` in which some cell cannot be taken; found in one pass, for most files have none."""
    found = both.select(_is_bad(column, child).any().alias(column.name) for column in columns)
    return [column for column in columns if found[column.name][0]]


def _is_bad(column: Column, child: str) -> pl.Expr:
    before, after = pl.col(column.name), pl.col(_VALUE + column.name)
    bad = before.is_not_null() & after.is_null()
    if POLARS_TYPES[column.type] is pl.String:
        bad = bad | before.str.contains(_UNSEEN).fill_null(False)
    if column.name == child:
        bad = bad | before.is_null()
    return bad.alias(column.name)


def _bad_cells(both: pl.DataFrame, suspect: Sequence[Column], child: str, dates: DateForm) -> pl.DataFrame:
    """A true-or-false column for each suspect column, true where its cell cannot be taken."""
    bad = both.select(_is_bad(column, child) for column in suspect)
    for column in suspect:
        cells = both[column.name]
        if column.type == "date" and dates == "DD/MM/YYYY" and _is_month_first(cells, bad[column.name]):
            bad = bad.with_columns(cells.is_not_null().alias(column.name))
    return bad


def _is_month_first(cells: pl.Series, bad: pl.Series) -> bool:
    """True when a column is plainly in American order: some dates can only be so, none the other way.

    Its other dates (03/05/2017) would then be read wrongly without a word.
    """
    month_first = cells.filter(bad).str.contains(_MONTH_FIRST).sum()
    return month_first >= _MONTH_FIRST_PROOF and not cells.str.contains(_DAY_FIRST).any()


def _explain(
    clean: pl.DataFrame,
    raw: pl.DataFrame,
    bad: pl.DataFrame,
    is_bad: pl.Series,
    columns: Sequence[Column],
    *,
    file: str,
    dates: DateForm,
) -> tuple[Reject, ...]:
    by_name = {column.name: column for column in columns}
    rejects = []
    for cells, texts, flags in zip(
        clean.filter(is_bad).iter_rows(named=True),
        raw.filter(is_bad).iter_rows(named=True),
        bad.filter(is_bad).iter_rows(),
        strict=True,
    ):
        name = next(name for name, flag in zip(bad.columns, flags, strict=True) if flag)
        reason = _reason(by_name[name], cells[name], dates)
        row = texts[RAW_COLUMN] or _as_written(texts, by_name)
        rejects.append(Reject(file, cells[LINE_COLUMN], name, reason, row[:LONGEST_ROW_SHOWN]))
    return tuple(rejects)


def _as_written(cells: dict[str, str | None], columns: dict[str, Column]) -> str:
    return " ".join(f"{name}={cells[name]}" for name in columns if cells[name])


def _reason(column: Column, value: str | None, dates: DateForm) -> str:
    if value is None:
        return "The child id is missing, so nobody can say whose row this is. Add it."
    if re.search(_UNSEEN, value):
        return "The cell holds a character that cannot be seen. Type the value again."
    if column.type == "date":
        if dates == "DD/MM/YYYY" and _is_a_date(value, dates):
            return (
                f"{_shown(value)} may have its month first: other dates in this column do, as American "
                "dates do. Write every date as DD/MM/YYYY."
            )
        return why_not_a_date(value, dates)
    if column.type == "part_date":
        return f"{_shown(value)} is not a date written DD/MM/YYYY, with zz for unknown parts. Write it so."
    if column.type == "flag":
        return f"{_shown(value)} is not true or false (1 or 0). Write one of them."
    if column.type in _OTHER_FAULTS:
        return f"{_shown(value)} {_OTHER_FAULTS[column.type]}"
    return f"{_shown(value)} is not a whole number. Write it in digits."


def _is_a_date(value: str, form: DateForm) -> bool:
    try:
        datetime.strptime(value, _DATE_PATTERNS[form][1])
    except ValueError:
        return False
    return True
