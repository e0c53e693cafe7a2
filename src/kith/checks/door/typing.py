"""Text tables made ready for the rules: dates parsed once, the text kept beside what was made of it."""

from collections.abc import Mapping

import polars as pl

from kith.dataset.formats import Column, tables_903, tables_cin
from kith.dataset.readers.cells import DateForm, parsed
from kith.dataset.returns import Kind

DATES: Mapping[Kind, DateForm] = {"903": "DD/MM/YYYY", "cin": "YYYY-MM-DD"}
_MADE_TYPES = ("date", "integer")
_NUMBERS = ("PL_DISTANCE",)


def made_ready(frame: pl.DataFrame, table: str, return_: Kind) -> pl.DataFrame:
    """A table of text columns with its dates and numbers typed, and their text beside them as `X.text`.

    Text is trimmed and upper-cased, and blank becomes null. A cell that cannot be read is null beside its
    text. Columns that are typed already (from a record) stay, and get the text they would be sent as; days in
    a column that holds none become that text. Columns that the return does not know are kept as text.
    """
    known = {column.name: column for column in _columns(table, return_)}
    expressions: list[pl.Expr] = []
    for name, kind in frame.schema.items():
        if name.startswith("_"):
            expressions.append(pl.col(name))
        else:
            expressions += _cells(name, kind, known.get(name), DATES[return_])
    return frame.select(expressions)


def _columns(table: str, return_: Kind) -> tuple[Column, ...]:
    tables = tables_903() if return_ == "903" else tables_cin()
    return tables[table].columns if table in tables else ()


def _cells(name: str, kind: pl.DataType, column: Column | None, dates: DateForm) -> list[pl.Expr]:
    text = _as_text(name, kind, dates)
    if isinstance(kind, pl.Date | pl.Datetime) and column is not None and column.type == "date":
        return [pl.col(name).dt.date().alias(name), text.alias(f"{name}.text")]
    if name in _NUMBERS:
        return [text.cast(pl.Float64, strict=False).alias(name), text.alias(f"{name}.text")]
    if column is None or column.type not in _MADE_TYPES:
        return [text.alias(name)]
    return [parsed(text, column.type, dates).alias(name), text.alias(f"{name}.text")]


def _as_text(name: str, kind: pl.DataType, dates: DateForm) -> pl.Expr:
    """The cell as it would be sent: a day in the return's own form, anything else trimmed, in capitals."""
    if isinstance(kind, pl.Date | pl.Datetime):
        return pl.col(name).dt.strftime("%d/%m/%Y" if dates == "DD/MM/YYYY" else "%Y-%m-%d")
    text = pl.col(name).cast(pl.String).str.strip_chars().str.to_uppercase()
    return pl.when(text != "").then(text)
