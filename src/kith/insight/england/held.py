"""The published figures that are held: those that come with Kith, and those an analyst has added."""

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from math import isfinite
from pathlib import Path

from kith.dataset.readers.files import CannotRead
from kith.insight.england.markers import Marker
from kith.insight.england.places import (
    ENGLAND,
    Level,
    Place,
    Places,
    dfe_code_of,
    is_dfe_code,
    known_places,
    regions,
)
from kith.insight.england.series import DATA, every_series, sources
from kith.standards import tables

Key = tuple[str, int, str]
"""A published id, an END year and the key of a place."""

_YEARS = range(1948, 2101)  # the Children Act 1948 made authorities' care; what lies outside is no year

ADDED_COLUMNS = ("year", "level", "code", "dfe_code", "name", "region", "value", "marker", "source")
"""The columns of a file of added figures, which is named for its published id."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure, or why there is none; where it comes from, and whether it was worked out from others."""

    value: float | None
    marker: Marker | None
    source: str
    derived: bool = False


@dataclass(frozen=True, slots=True)
class Held:
    """All figures held, and the places they are of."""

    cells: Mapping[Key, Cell]
    places: Places

    def years_of(self, published_id: str) -> set[int]:
        """The years for which anything is held under the id."""
        return {year for one, year, _ in self.cells if one == published_id}


def held(added: Path | None = None) -> Held:
    """What comes with Kith, and over it what lies in the folder of added figures.

    An added figure stands in place of one that came with Kith, as a later release revises an earlier one.
    Raises CannotRead where a file of the folder cannot be read.
    """
    return _with_kith() if added is None else _with_added(added, _state_of(added))


@dataclass(frozen=True, slots=True)
class AddedRow:
    """One row of a file of added figures."""

    key: Key
    cell: Cell
    place: Place


def read_added(file: Path) -> Iterator[AddedRow]:
    """The rows of one file of added figures. Raises CannotRead where it is not one, or is damaged."""
    if file.stem not in every_series():
        raise CannotRead(f"{file.name} is not named for a published figure. Take it out of the folder.")
    try:
        rows = tables.rows(file)
        if any(tuple(row) != ADDED_COLUMNS for row in rows):
            raise ValueError
        yield from [_added_row(file.stem, row) for row in rows]
    except (ValueError, TypeError, AttributeError, OSError, csv.Error) as fault:
        raise CannotRead(
            f"{file.name} is damaged, or was changed by hand. Take it out of the folder, and add the DfE's "
            "file again."
        ) from fault


@cache
def _with_kith() -> Held:
    return Held({**dict(_england()), **dict(_authorities_2020())}, known_places())


@lru_cache(maxsize=4)
def _with_added(folder: Path, _state: tuple[tuple[str, int, int], ...]) -> Held:
    rows = [row for file in sorted(folder.glob("*.csv")) for row in read_added(file)]
    own = _with_kith()
    cells = {**own.cells, **{row.key: row.cell for row in rows}}
    return Held(cells, own.places.with_more(row.place for row in rows))


def _state_of(folder: Path) -> tuple[tuple[str, int, int], ...]:
    """What would change if a file of the folder changed."""
    files = sorted(folder.glob("*.csv"))
    return tuple((file.name, (at := file.stat()).st_size, at.st_mtime_ns) for file in files)


def _england() -> Iterable[tuple[Key, Cell]]:
    for row in tables.rows(DATA / "england.csv"):
        key = (row["published_id"], int(row["year"]), ENGLAND.key)
        yield key, Cell(float(row["value"]), None, sources()[row["source_id"]], bool(row["derived"]))


def _authorities_2020() -> Iterable[tuple[Key, Cell]]:
    columns = {row["published_id"]: row for row in tables.rows(DATA / "authority_columns.csv")}
    for row in tables.rows(DATA / "authorities_2020.csv"):
        column = columns[row["published_id"]]
        key = (row["published_id"], 2020, row["dfe_code"])
        source = sources()[column["source_id"]]
        yield key, Cell(_value(row), _marker(row), source, bool(column["derived"] and row["value"]))


def _added_row(published_id: str, row: Mapping[str, str]) -> AddedRow:
    place = _place(row)
    value, marker = _value(row), _marker(row)
    year = int(row["year"])
    if (value is None) == (marker is None) or not isfinite(value or 0.0) or year not in _YEARS:
        raise ValueError
    return AddedRow((published_id, year, place.key), Cell(value, marker, row["source"]), place)


def _place(row: Mapping[str, str]) -> Place:
    level = Level(row["level"])
    if level is Level.ENGLAND:
        return ENGLAND
    if level is Level.REGION:
        return _region_of_code(row["code"])
    if not is_dfe_code(row["dfe_code"]) or dfe_code_of(row["code"]) not in (None, row["dfe_code"]):
        raise ValueError
    return Place(level, row["code"], row["name"], row["dfe_code"], row["region"] or None)


def _region_of_code(code: str) -> Place:
    found = [region for region in regions() if region.code == code]
    if not found:
        raise ValueError
    return found[0]


def _value(row: Mapping[str, str]) -> float | None:
    return float(row["value"]) if row["value"] else None


def _marker(row: Mapping[str, str]) -> Marker | None:
    return Marker(row["marker"]) if row["marker"] else None
