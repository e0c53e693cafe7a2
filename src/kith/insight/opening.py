"""Opens what indicators are asked about: a folder of returns, an extract, or Parquet of many years."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import polars as pl

from kith.dataset.dataset import read_folders
from kith.dataset.derived import with_histories
from kith.dataset.facts import facts_of
from kith.dataset.readers.files import CannotRead
from kith.dataset.readers.folder import read_folder as read_returns
from kith.dataset.readers.ssd import read_ssd, table_named
from kith.dataset.returns import Reject, Return
from kith.dataset.schema import SchemaError, columns_of
from kith.insight.facts import Facts
from kith.insight.lookups import Lookups
from kith.insight.sources import sources_of_returns
from kith.insight.sources.kept import read_sources
from kith.standards import tables
from kith.standards.years import CALLED, year_from, year_label

_ROW_IDS = ("invo_involvements_id",)  # which the standard calls a row's id, and does not mark as its key
_DATA = Path(__file__).parent / "data"
_CODE = re.compile(r"(E\d{8}|[2-9]\d\d)(?![0-9A-Za-z])")


@dataclass(frozen=True)
class Opened:
    """One authority's facts, in words what was found, and every row or file that was left out."""

    facts: Facts
    found: tuple[str, ...]
    rejects: tuple[Reject, ...] = ()


def open_facts(
    path: Path,
    *,
    authority: str | None = None,
    lookups: Lookups | None = None,
    year: int | None = None,
    only_for_figures: bool = False,
) -> Opened:
    """The facts of one authority at `path`: returns, an extract (CSV or Parquet), or a folder for each year.

    `authority` is whose they are, where the files or the folder's name should not say. `year` is the END year
    of the only return there, where its dates should not decide. `only_for_figures` may leave blank what no
    figure asks for, which is read in less time and memory, and is not to be kept. Raises CannotRead.
    """
    if not path.exists():
        raise CannotRead(
            f"There is nothing at {path}. Give a folder of returns, an extract, a zip or a file."
        )
    if years := year_folders(path):
        opened = _of_years(years, only_for_figures)
    elif _holds_tables(path):
        opened = _of_extract(path)
    else:
        opened = _of_returns(path, year)
    whose = authority or opened.facts.authority or authority_in(path.name)
    facts = Facts(opened.facts.dataset, opened.facts.sources, whose, lookups or Lookups())
    return Opened(facts, opened.found, opened.rejects)


def authority_in(name: str) -> str | None:
    """The authority's code that a folder's name begins with ("301", "E09000002 Barking"), or None."""
    found = _CODE.match(name)
    return found[1] if found else None


def year_folders(path: Path) -> list[Path]:
    """The folders in `path` that are named for a return year and hold tables, earliest year first."""
    if not path.is_dir():
        return []
    named = [
        (year, folder) for folder in path.iterdir() if (year := _year_of(folder)) and _holds_tables(folder)
    ]
    return [folder for _, folder in sorted(named)]


def _year_of(folder: Path) -> int | None:
    try:
        return year_from(folder.name) if folder.is_dir() else None
    except ValueError:
        return None


def _holds_tables(path: Path) -> bool:
    files = path.iterdir() if path.is_dir() else [path]
    return any(table_named(file.name) for file in files)


def _of_returns(path: Path, year: int | None) -> Opened:
    returns = read_returns(path, year=year)
    whose = next((one.authority for one in returns if one.authority), None)
    facts = Facts(facts_of(returns), sources_of_returns(returns), whose)
    rejects = tuple(reject for one in returns for reject in one.rejects)
    return Opened(facts, tuple(map(_found, returns)), rejects)


def _found(one: Return) -> str:
    return f"{CALLED[one.kind]} of {year_label(one.year)}: {one.rows_read():,} rows ({one.year_because})"


def _of_extract(path: Path) -> Opened:
    read = read_ssd(path)
    dataset = with_histories(read.dataset)
    sources = read_sources(dataset, [path if path.is_dir() else path.parent])
    rows = sum(file.rows for file in read.files)
    found = f"Standard Safeguarding Dataset: {len(read.files)} tables, {rows:,} rows"
    return Opened(Facts(dataset, sources), (found,), read.rejects)


def _of_years(folders: Sequence[Path], only_for_figures: bool) -> Opened:
    """The years laid together: of a fact that several tell, the latest year's word holds."""

    def as_one(table: str, rows: pl.LazyFrame) -> pl.LazyFrame:
        latest = latest_of_each(table, rows) if len(folders) > 1 else rows
        return _as_asked(table, latest) if only_for_figures else latest

    try:
        told = read_folders(folders, as_one)
    except (SchemaError, pl.exceptions.PolarsError, OSError) as fault:
        raise CannotRead(f"{folders[0].parent.name} holds a table that cannot be read. {fault}") from fault
    dataset = with_histories(told)
    sources = read_sources(dataset, folders)
    named = ", ".join(folder.name for folder in folders)
    return Opened(Facts(dataset, sources), (f"Tables of {len(folders)} years: {named}",))


def latest_of_each(table: str, rows: pl.LazyFrame) -> pl.LazyFrame:
    """The rows of a table that several years tell, earliest first: of those with the same id the last."""
    keys = [column.name for column in columns_of(table) if column.is_key or column.name in _ROW_IDS]
    if not keys:
        return rows.unique(maintain_order=True)
    known = pl.all_horizontal(pl.col(key).is_not_null() for key in keys)
    key = pl.col(keys[0]) if len(keys) == 1 else pl.struct(keys)
    return rows.filter(~known | key.is_last_distinct())  # twice as fast as `unique`


def _as_asked(table: str, rows: pl.LazyFrame) -> pl.LazyFrame:
    """The rows with what no figure asks for left blank; it is not read."""
    return rows.with_columns(
        pl.lit(None, dtype=column.type).alias(column.name)
        for column in columns_of(table)
        if column.name in not_asked()
    )


@cache
def not_asked() -> frozenset[str]:
    """The columns that no figure asks for, of those that are long or are filled in many rows."""
    return frozenset(row["column"] for row in tables.rows(_DATA / "not_asked.csv"))
