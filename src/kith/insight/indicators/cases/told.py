"""How what was told is read: flags, outcomes, dates, and the same thing told twice."""

import json
import re
from collections.abc import Sequence
from typing import Any

import polars as pl

from kith.insight.facts import Facts

_FLAGS = {
    **dict.fromkeys(("y", "1", "t", "true", "yes"), True),
    **dict.fromkeys(("n", "0", "f", "false", "no"), False),
}
_PARTS = re.compile(r"[,;|\s]+")


def flag(column: str) -> pl.Expr:
    """Yes as True and no as False, however they were written; null where neither was told."""
    bare = pl.col(column).str.strip_chars().str.to_lowercase()
    return bare.replace_strict(_FLAGS, default=None, return_dtype=pl.Boolean).alias(column)


def codes_told(texts: pl.Series) -> pl.Series:
    """The codes that each text lists, as a list of text; null where it lists none.

    A text is a JSON list of codes, an object of codes with flags, or the codes themselves.
    """
    found = {text: _codes(text) for text in texts.unique().drop_nulls()}
    told = {text: codes for text, codes in found.items() if codes}
    listed = pl.DataFrame(
        {"text": list(told), "codes": list(told.values())},
        schema={"text": pl.String, "codes": pl.List(pl.String)},
    )
    return texts.to_frame("text").join(listed, on="text", how="left", maintain_order="left")["codes"]


def _codes(text: str) -> list[str]:
    bare = text.strip()
    try:
        told: Any = json.loads(bare)
    except ValueError:
        told = [] if bare[:1] in "[{" else _PARTS.split(bare)
    if isinstance(told, dict):
        told = [code for code, value in told.items() if _FLAGS.get(str(value).strip().lower())]
    listed = told if isinstance(told, list) else [told]
    return sorted({str(code).strip() for code in listed if code is not None and str(code).strip()})


def dated_rightly(
    facts: Facts, rows: pl.DataFrame, start: str = "day", end: str | None = None
) -> pl.DataFrame:
    """The rows that are of a person and have begun by the last day told of, and do not end before they
    start.
    """
    kept = rows.filter(pl.col("person").is_not_null(), pl.col(start) <= facts.until)
    return kept if end is None else kept.filter((pl.col(end) >= pl.col(start)).fill_null(True))


def told_once(rows: pl.DataFrame, ends: str | None, key: Sequence[str] = ("person", "day")) -> pl.DataFrame:
    """One row of those with the same `key`: one with `ends` told, if any, and of these the lowest `item`."""
    doubled = may_be_doubled(rows, key)
    if not doubled.any():
        return rows
    again = rows.filter(doubled)
    again = again.sort(*([pl.col(ends).is_null()] if ends else []), pl.col("item"))
    return pl.concat([rows.filter(~doubled), again.unique(list(key), keep="first", maintain_order=True)])


def may_be_doubled(rows: pl.DataFrame, key: Sequence[str]) -> pl.Series:
    """Whether another row may have the same `key`: true of all that have one, and of hardly any other.

    Numbers made of the keys are compared, which takes a third of the time of comparing the keys.
    """
    return rows.select(key).hash_rows().is_duplicated()


def only_one(key: str, rows: pl.DataFrame) -> pl.DataFrame:
    """The rows, but any one of those with the same `key`."""
    return rows if rows[key].n_unique() == rows.height else rows.unique(key, keep="any")


def months_after(day: pl.Expr, months: int) -> pl.Expr:
    """The same day of the month so many months on (or back), or that month's last day where it has no such
    day.
    """
    return day.dt.offset_by(f"{months}mo")
