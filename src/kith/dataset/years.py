"""Which year a return is for. A year is named by its END: 1 April 2017 to 31 March 2018 is 2018."""

from collections.abc import Mapping
from datetime import date

import polars as pl

from kith.dataset.formats import Table
from kith.standards.years import return_year as end_year
from kith.standards.years import year_bounds
from kith.standards.years import year_label as year_name

__all__ = ["end_year", "first_day", "infer_year", "last_day", "year_name"]

_FIRST_YEAR, _LAST_YEAR = 1948, 2100


def first_day(year: int) -> date:
    """1 April, on which the return year that ends in `year` begins."""
    return year_bounds(year)[0]


def last_day(year: int) -> date:
    """31 March of `year`."""
    return year_bounds(year)[1]


def infer_year(tables: Mapping[str, pl.DataFrame], layout: Mapping[str, Table]) -> tuple[int, str] | None:
    """The END year in which most of the dates that tell it fall, and the reason in words; None without.

    Dates on which something ended come first (an episode that ended in an earlier year is not returned
    again); starts and reviews serve where nothing ended. Of two years with as many dates, the later.
    """
    for rank in (1, 2, 3):
        years = _years(tables, layout, rank)
        if len(years):
            counts = years.value_counts(name="dates").sort("dates", "year", descending=True)
            year, dates = counts.row(0)
            return int(year), f"inferred from {_dates_in_words(len(years), dates)} in {year_name(int(year))}"
    return None


def _dates_in_words(count: int, fall: int) -> str:
    if count == 1:
        return "1 date, which falls"
    return f"{count:,} dates, of which {fall:,} {'falls' if fall == 1 else 'fall'}"


def _years(tables: Mapping[str, pl.DataFrame], layout: Mapping[str, Table], rank: int) -> pl.Series:
    found = [
        tables[table.name][column.name]
        for table in layout.values()
        if table.name in tables
        for column in table.columns
        if column.tells_year == rank and column.name in tables[table.name].columns
    ]
    days = pl.concat([series.alias("day") for series in found]) if found else pl.Series("day", [], pl.Date)
    days = days.drop_nulls()
    years = (days.dt.year() + (days.dt.month() >= 4).cast(pl.Int32)).alias("year")
    return years.filter(years.is_between(_FIRST_YEAR, _LAST_YEAR))
