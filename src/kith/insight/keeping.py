"""Keeps an authority's facts as Parquet, one folder a year, so that they are read again in a moment."""

from pathlib import Path

import polars as pl

from kith.dataset.dataset import Dataset, write_folder
from kith.dataset.schema import columns_of
from kith.insight.facts import Facts
from kith.insight.sources.kept import write_sources
from kith.insight.sources.needs import dated
from kith.insight.sources.sources import GivenReturn, Sources
from kith.standards.years import return_year, year_label

_PERSON = "ssd_person"
_NAMES_A_PERSON = "FK ssd_person.pers_person_id"


def write_years(facts: Facts, folder: Path, count: int = 10) -> list[Path]:
    """Write the facts into a folder for each of the last `count` return years ("2019-20"), and return them.

    A fact is in the year that its own date falls in: before the first year in the first, without a date in
    the last. What has no date (who people are, and who is whose brother) is in each year that tells of those
    people. Laid together the years are the whole; each can be read by itself. A year that tells nothing has
    no folder.
    """
    last = return_year(facts.until)
    written = []
    for year in range(last - count + 1, last + 1):
        of_year = _of_year(facts.dataset, year, last - count + 1, last)
        given = tuple(one for one in facts.sources.returns if one.year == year)
        if of_year.filled() or given:
            written.append(_write(of_year, facts.sources, given, folder / year_label(year)))
    return written


def _write(dataset: Dataset, sources: Sources, given: tuple[GivenReturn, ...], place: Path) -> Path:
    place.mkdir(parents=True, exist_ok=True)
    write_folder(dataset, place)
    write_sources(Sources(given, sources.whole), place)
    return place


def _of_year(dataset: Dataset, year: int, first: int, last: int) -> Dataset:
    held = {table: dataset[table] for table in dataset.filled()}
    told = {
        table: frame.filter(_year_of(frame, str(dated(table)), first, last) == year)
        for table, frame in held.items()
        if dated(table)
    }
    people = pl.concat([pl.Series([], dtype=pl.String), *_people_in(told)]).unique()
    of_people = {
        table: frame.filter(
            pl.any_horizontal(pl.col(name).is_in(people.implode()) for name in _people_columns(table))
        )
        for table, frame in held.items()
        if not dated(table) and _people_columns(table)
    }
    return Dataset({**told, **of_people})


def _year_of(frame: pl.DataFrame, column: str, first: int, last: int) -> pl.Expr:
    year = pl.col(column)
    if frame.schema[column] == pl.Date:
        year = year.dt.year() + (year.dt.month() >= 4).cast(pl.Int32)
    return year.fill_null(last).clip(first, last)


def _people_in(told: dict[str, pl.DataFrame]) -> list[pl.Series]:
    return [frame[name].drop_nulls() for table, frame in told.items() for name in _people_columns(table)]


def _people_columns(table: str) -> list[str]:
    if table == _PERSON:
        return ["pers_person_id"]
    return [column.name for column in columns_of(table) if _NAMES_A_PERSON in column.key]
