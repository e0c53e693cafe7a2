"""Text tables made ready for the rules: dates parsed once, the text kept beside what was made of it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal, get_args

import polars as pl

from kith.checks.numbering import different, parted
from kith.dataset.formats import Column, tables_903, tables_cin
from kith.dataset.readers.cells import DateForm, parsed
from kith.dataset.returns import Kind

DATES: Mapping[Kind, DateForm] = {"903": "DD/MM/YYYY", "cin": "YYYY-MM-DD"}
_MILES = "PL_DISTANCE"
_Form = Literal["date", "integer", "miles"]
_FORMS: tuple[_Form, ...] = get_args(_Form)


@dataclass(frozen=True)
class Untyped:
    """A table as it was read. `is_tidy` says that its text was trimmed and upper-cased as a whole."""

    table: str
    frame: pl.DataFrame
    is_tidy: bool = False


def made_ready(frame: pl.DataFrame, table: str, return_: Kind, *, is_tidy: bool = False) -> pl.DataFrame:
    """A table of text columns with its dates and numbers typed, and their text beside them as `X.text`.

    Text is trimmed and upper-cased, and blank becomes null. A cell that cannot be read is null beside its
    text. Columns that are typed already (from a record) stay, and get the text they would be sent as; days in
    a column that holds none become that text. Columns that the return does not know are kept as text. A frame
    that `is_tidy` is of text that was trimmed and upper-cased as a whole.
    """
    return all_made_ready([Untyped(table, frame, is_tidy)], return_)[0]


def all_made_ready(tables: Sequence[Untyped], return_: Kind) -> list[pl.DataFrame]:
    """The tables of a return as `made_ready` gives each; cells of all are read together, each text once."""
    texts = [_texts(one, return_) for one in tables]
    forms = [_forms(one, return_) for one in tables]
    typed: list[dict[str, pl.Series]] = [{} for _ in tables]
    for form in _FORMS:
        columns = [(at, name) for at, each in enumerate(forms) for name in each if each[name] == form]
        read = _read([texts[at][name] for at, name in columns], form, DATES[return_])
        for (at, name), values in zip(columns, read, strict=True):
            typed[at][name] = values
    return [_typed(one.frame, text, each) for one, text, each in zip(tables, texts, typed, strict=True)]


def _forms(one: Untyped, return_: Kind) -> dict[str, _Form]:
    """What the cells of each column are read as, of those that are more than text."""
    known = _columns(one.table, return_)
    forms = {name: _form(name, known.get(name)) for name in _own(one.frame)}
    return {name: form for name, form in forms.items() if form}


def _form(name: str, column: Column | None) -> _Form | None:
    if name == _MILES:
        return "miles"
    if column and column.type in ("date", "integer"):
        return column.type
    return None


@cache
def _columns(table: str, return_: Kind) -> dict[str, Column]:
    tables = tables_903() if return_ == "903" else tables_cin()
    return {column.name: column for column in tables[table].columns} if table in tables else {}


def _own(frame: pl.DataFrame) -> dict[str, pl.DataType]:
    """The table's own columns; where a row stands in its file is none."""
    return {name: kind for name, kind in frame.schema.items() if not name.startswith("_")}


def _is_time(kind: pl.DataType) -> bool:
    return isinstance(kind, pl.Date | pl.Datetime)


def _texts(one: Untyped, return_: Kind) -> pl.DataFrame:
    if one.is_tidy:
        return one.frame
    known = _columns(one.table, return_)
    return one.frame.select(
        _as_text(name, kind, known.get(name), DATES[return_]) for name, kind in _own(one.frame).items()
    )


def _as_text(name: str, kind: pl.DataType, column: Column | None, dates: DateForm) -> pl.Expr:
    """The cell as it would be sent: a day in the return's own form, anything else trimmed, in capitals."""
    if _is_time(kind):
        return pl.col(name).dt.strftime("%d/%m/%Y" if dates == "DD/MM/YYYY" else "%Y-%m-%d")
    text = pl.col(name).cast(pl.String).str.strip_chars()
    if column is None or column.type != "plain_text":
        text = text.str.to_uppercase()
    return text.replace("", None)


def _read(columns: Sequence[pl.Series], form: _Form, dates: DateForm) -> Iterator[pl.Series]:
    """What is written in each of the columns; null where it cannot be read."""
    if not columns:
        return
    texts, numbers = different(pl.concat([column.alias("cell") for column in columns]))
    cell = pl.col("cell")
    read = cell.cast(pl.Float64, strict=False) if form == "miles" else parsed(cell, form, dates)
    yield from parted(texts.to_frame().select(read)["cell"][numbers], columns)


def _typed(frame: pl.DataFrame, texts: pl.DataFrame, read: Mapping[str, pl.Series]) -> pl.DataFrame:
    columns: dict[str, pl.Series] = {}
    for name, kind in _own(frame).items():
        if name in read:
            is_given = _is_time(kind) and read[name].dtype == pl.Date  # a day that needs no reading
            values = frame[name].cast(pl.Date) if is_given else read[name]
            columns |= {name: values, f"{name}.text": texts[name]}
        else:
            columns[name] = texts[name]
    columns |= {name: frame[name] for name in frame.columns if name.startswith("_")}
    return pl.DataFrame([column.alias(name) for name, column in columns.items()])
