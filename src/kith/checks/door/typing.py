"""Text tables made ready for the rules: dates parsed once, the text kept beside what was made of it."""

from collections.abc import Mapping

import polars as pl

from kith.dataset.formats import Column, tables_903, tables_cin
from kith.dataset.readers.cells import DateForm, parsed
from kith.dataset.returns import Kind

DATES: Mapping[Kind, DateForm] = {"903": "DD/MM/YYYY", "cin": "YYYY-MM-DD"}
_MADE_TYPES = ("date", "integer")
_NUMBERS = ("PL_DISTANCE",)


def made_ready(frame: pl.DataFrame, table: str, return_: Kind, *, is_tidy: bool = False) -> pl.DataFrame:
    """A table of text columns with its dates and numbers typed, and their text beside them as `X.text`.

    Text is trimmed and upper-cased, and blank becomes null. A cell that cannot be read is null beside its
    text. Columns that are typed already (from a record) stay, and get the text they would be sent as; days in
    a column that holds none become that text. Columns that the return does not know are kept as text. A frame
    that `is_tidy` is of text that was trimmed and upper-cased as a whole.
    """
    known = {column.name: column for column in _columns(table, return_)}
    own = {name: kind for name, kind in frame.schema.items() if not name.startswith("_")}
    texts = frame
    if not is_tidy:
        texts = frame.select(_as_text(one, kind, known.get(one), DATES[return_]) for one, kind in own.items())
    columns: list[pl.Series] = []
    typed = texts.select(
        made.alias(name)
        for name, kind in own.items()
        if (made := _typed(name, kind, known.get(name), DATES[return_])) is not None
    )
    for name, kind in own.items():
        if name in typed.columns:
            columns += [typed[name], texts[name].alias(f"{name}.text")]
        elif _is_a_day(kind, known.get(name)):
            columns += [frame[name].cast(pl.Date), texts[name].alias(f"{name}.text")]
        else:
            columns.append(texts[name])
    return pl.DataFrame(columns).with_columns(frame.select(pl.exclude(list(own))))


def _columns(table: str, return_: Kind) -> tuple[Column, ...]:
    tables = tables_903() if return_ == "903" else tables_cin()
    return tables[table].columns if table in tables else ()


def _is_a_day(kind: pl.DataType, column: Column | None) -> bool:
    """Whether a column of a date holds days already."""
    return isinstance(kind, pl.Date | pl.Datetime) and column is not None and column.type == "date"


def _as_text(name: str, kind: pl.DataType, column: Column | None, dates: DateForm) -> pl.Expr:
    """The cell as it would be sent: a day in the return's own form, anything else trimmed, in capitals."""
    if isinstance(kind, pl.Date | pl.Datetime):
        return pl.col(name).dt.strftime("%d/%m/%Y" if dates == "DD/MM/YYYY" else "%Y-%m-%d")
    text = pl.col(name).cast(pl.String).str.strip_chars()
    if column is None or column.type != "plain_text":
        text = text.str.to_uppercase()
    return text.replace("", None)


def _typed(name: str, kind: pl.DataType, column: Column | None, dates: DateForm) -> pl.Expr | None:
    """What is made of a text cell; None for a column that stays text, or is typed already."""
    if name in _NUMBERS:
        return pl.col(name).cast(pl.Float64, strict=False)
    if column is None or column.type not in _MADE_TYPES or _is_a_day(kind, column):
        return None
    return parsed(pl.col(name), column.type, dates)
