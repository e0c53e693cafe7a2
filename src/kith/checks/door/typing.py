"""Text tables made ready for the rules: dates parsed once, the text kept beside what was made of it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from kith.checks.numbering import different, parted
from kith.dataset.formats import Column, tables_903, tables_cin
from kith.dataset.readers.cells import DateForm, parsed
from kith.dataset.returns import Kind

DATES: Mapping[Kind, DateForm] = {"903": "DD/MM/YYYY", "cin": "YYYY-MM-DD"}
_NUMBERS = ("PL_DISTANCE",)


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
    """The tables of a return as `made_ready` gives each; the days of all are parsed together, each once."""
    forms = [_forms(one, return_) for one in tables]
    texts = [_texts(one, return_) for one in tables]
    written = [text[name] for text, form in zip(texts, forms, strict=True) for name in form.written_days]
    days = iter(_days(written, DATES[return_]))
    return [_typed(one.frame, text, form, days) for one, text, form in zip(tables, texts, forms, strict=True)]


@dataclass(frozen=True)
class _Forms:
    """Which columns of a table are to be days (written ones, or given as such) and numbers."""

    written_days: tuple[str, ...]
    days: tuple[str, ...]
    numbers: Mapping[str, pl.Expr]


def _forms(one: Untyped, return_: Kind) -> _Forms:
    known, own = _columns(one.table, return_), _own(one.frame)
    of_days = [name for name in own if name in known and known[name].type == "date"]
    days = tuple(name for name in of_days if _is_time(own[name]))
    whole = (name for name in own if name in known and known[name].type == "integer")
    numbers = {name: parsed(pl.col(name), "integer", DATES[return_]) for name in whole}
    numbers |= {name: pl.col(name).cast(pl.Float64, strict=False) for name in _NUMBERS if name in own}
    return _Forms(tuple(name for name in of_days if name not in days), days, numbers)


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


def _days(columns: Sequence[pl.Series], form: DateForm) -> Iterator[pl.Series]:
    """The days written in each of the columns; null where none can be read."""
    if not columns:
        return
    together = pl.concat([column.alias("day") for column in columns])
    texts, numbers = different(together)
    days = texts.to_frame().select(parsed(pl.col("day"), "date", form))["day"][numbers]
    yield from parted(days, columns)


def _typed(
    frame: pl.DataFrame, texts: pl.DataFrame, forms: _Forms, days: Iterator[pl.Series]
) -> pl.DataFrame:
    typed = {name: next(days) for name in forms.written_days}
    typed |= {name: frame[name].cast(pl.Date) for name in forms.days}
    if forms.numbers:
        numbers = texts.select(number.alias(name) for name, number in forms.numbers.items())
        typed |= {name: numbers[name] for name in numbers.columns}
    columns: dict[str, pl.Series] = {}
    for name in _own(frame):
        if name in typed:
            columns |= {name: typed[name], f"{name}.text": texts[name]}
        else:
            columns[name] = texts[name]
    columns |= {name: frame[name] for name in frame.columns if name.startswith("_")}
    return pl.DataFrame([column.alias(name) for name, column in columns.items()])
