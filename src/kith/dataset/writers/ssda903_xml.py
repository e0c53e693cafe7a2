"""Writes an SSDA903 return as one XML file."""

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
from lxml import etree

from kith.dataset.formats import Table, tables_903
from kith.dataset.returns import Return
from kith.dataset.writers.xml_elements import CannotWrite, Row, add, day_first, rows_by, rows_of

ROOT = "EXPSSDA903"

_ONE_ROW_IN_HEADER = ("UASC", "OC3", "AD1")
_MOTHERHOOD = ("MOTHER", "MC_DOB")
_GROUPS_IN_HEADER = (
    "Reviews",
    "Missing",
    "OC2",
    "PrevPerm",
    "PlacedAdoption",
    "SWEpisodes",
    "DoLo",
)
_SHARED = ("CHILD", "DOB", "SEX")

_Grouped = Mapping[tuple[Any, ...], list[Row]]


def write_903_xml(return_: Return, path: Path | str) -> Path:
    """Write the return to `path`, a `CHILD` for each row of Header, with `HEADER` and its `EPISODE`s.

    XML says a child's birth date and sex once. Raises CannotWrite, before anything is written, where a
    child is not in Header once, or another table gives another birth date or sex: write CSV then.
    """
    check_fits(return_)
    grouped = {name: rows_by(return_.tables.get(name), "CHILD") for name in tables_903()}
    place = Path(path)
    with etree.xmlfile(str(place), encoding="utf-8") as file:
        file.write_declaration()
        with file.element(ROOT):
            for child in rows_of(return_.tables.get("Header")):
                file.write(_child(child, grouped), pretty_print=True)
    return place


def check_fits(return_: Return) -> None:
    """Raise CannotWrite where the return says something that its XML form has no place for."""
    header = return_.tables.get("Header")
    children = header["CHILD"] if header is not None else pl.Series("CHILD", [], pl.String)
    _refuse("stand in Header more than once", children.filter(children.is_duplicated()))
    for table in tables_903().values():
        if table.name != "Header" and (frame := return_.tables.get(table.name)) is not None:
            _check_table(table, frame, children, header)


def _check_table(table: Table, frame: pl.DataFrame, children: pl.Series, header: pl.DataFrame | None) -> None:
    ids = frame["CHILD"]
    _refuse(f"are in {table.name} but not in Header", ids.filter(~ids.is_in(children.implode())))
    if table.name in _ONE_ROW_IN_HEADER:
        _refuse(f"have more than one row in {table.name}", ids.filter(ids.is_duplicated()))
    for column in _SHARED[1:]:
        if header is not None and column in frame.columns:
            joined = frame.join(header.select("CHILD", pl.col(column).alias("in_header")), on="CHILD")
            other = joined.filter(pl.col(column).ne_missing(pl.col("in_header")))
            _refuse(f"have another {column} in {table.name} than in Header", other["CHILD"])


def _refuse(what: str, ids: pl.Series) -> None:
    if len(ids):
        raise CannotWrite(
            f"{ids.n_unique():,} of the children {what} (the first is {ids[0]}), which XML cannot say. "
            "Correct that, or write CSV files."
        )


def _child(child: Row, grouped: Mapping[str, _Grouped]) -> etree._Element:
    element = etree.Element("CHILD")
    key = (child["CHILD"],)
    header = etree.SubElement(element, "HEADER")
    _fill_header(header, child, {name: grouped[name].get(key, []) for name in _ONE_ROW_IN_HEADER})
    for name in _GROUPS_IN_HEADER:
        for row in grouped[name].get(key, ()):
            _add_row(header, tables_903()[name], row)
    for row in grouped["Episodes"].get(key, ()):
        _add_row(element, tables_903()["Episodes"], row)
    return element


def _fill_header(header: etree._Element, child: Row, once: Mapping[str, list[Row]]) -> None:
    table = tables_903()["Header"]
    for name in ("CHILD", "UPN", "SEX", "DOB", "ETHNIC"):
        add(header, table.column(name).xml_tag, _text(child[name]))
    add(header, "UASC", "1" if once["UASC"] else "0")
    for name in _ONE_ROW_IN_HEADER:
        for row in once[name]:
            for tag, text in _own_values(tables_903()[name], row):
                add(header, tag, text)
    for name in _MOTHERHOOD:
        add(header, table.column(name).xml_tag, _text(child[name]))


def _add_row(parent: etree._Element, table: Table, row: Row) -> None:
    element = etree.SubElement(parent, table.row_tag)
    for tag, text in _own_values(table, row):
        add(element, tag, text)


def _own_values(table: Table, row: Row) -> Iterator[tuple[str, str | None]]:
    for column in table.columns:
        if column.name not in _SHARED:
            text = _text(row[column.name])
            yield column.xml_tag, text.lower() if text and column.type == "part_date" else text


def _text(value: Any) -> str | None:
    if value is None:
        return None
    return day_first(value) if isinstance(value, date) else str(value)
