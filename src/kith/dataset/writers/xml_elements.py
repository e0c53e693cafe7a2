"""Small pieces that both XML writers use."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import polars as pl
from lxml import etree

Row = Mapping[str, Any]


class CannotWrite(Exception):
    """What is to be written does not fit the form it is to be written in; the message says why."""


def add(parent: etree._Element, tag: str, text: str | None) -> None:
    """Add `tag` with `text` to `parent`; nothing where there is no text."""
    if text is not None:
        etree.SubElement(parent, tag).text = text


def rows_by(frame: pl.DataFrame | None, *keys: str) -> dict[tuple[Any, ...], list[Row]]:
    """The rows of a table under the values of `keys`, in the order of the table; empty without a table."""
    grouped: defaultdict[tuple[Any, ...], list[Row]] = defaultdict(list)
    for row in rows_of(frame):
        grouped[tuple(row[key] for key in keys)].append(row)
    return dict(grouped)


def rows_of(frame: pl.DataFrame | None) -> Iterable[Row]:
    """The rows of a table one by one; none without a table."""
    return () if frame is None else frame.iter_rows(named=True)


def day_first(day: date) -> str:
    """DD/MM/YYYY, with four digits of year even before the year 1000."""
    return f"{day.day:02}/{day.month:02}/{day.year:04}"
