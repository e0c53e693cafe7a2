"""Which year a return is for. A year is named by its END: 1 April 2017 to 31 March 2018 is 2018."""

from collections.abc import Mapping
from datetime import date

import polars as pl

from kith.dataset.formats import Table

_FIRST_YEAR, _LAST_YEAR = 1948, 2100


def end_year(day: date) -> int:
    """The END year of the return year in which `day` falls."""
    return day.year + (day >= date(day.year, 4, 1))


def first_day(year: int) -> date:
    """1 April, on which the return year that ends in `year` begins."""
    return date(year - 1, 4, 1)


def last_day(year: int) -> date:
    """31 March of `year`."""
    return date(year, 3, 31)


def year_name(year: int) -> str:
    """The year as people write it: 2018 is "2017-18"."""
    return f"{year - 1}-{year % 100:02}"


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
            return int(year), (
                f"inferred from {len(years):,} dates, of which {dates:,} fall in {year_name(int(year))}"
            )
    return None


def _years(tables: Mapping[str, pl.DataFrame], layout: Mapping[str, Table], rank: int) -> pl.Series:
    found = [
        tables[table.name][column.name]
        for table in layout.values()
        if table.name in tables
        for column in table.columns
        if column.tells_year == rank
    ]
    days = pl.concat([series.alias("day") for series in found]) if found else pl.Series("day", [], pl.Date)
    days = days.drop_nulls()
    years = (days.dt.year() + (days.dt.month() >= 4).cast(pl.Int32)).alias("year")
    return years.filter(years.is_between(_FIRST_YEAR, _LAST_YEAR))
