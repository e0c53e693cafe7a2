"""Spans of days that figures are asked for, and which of them each row of a table falls in.

Many periods are asked at once, so that ten years or a hundred and twenty months cost one pass of a table.
"""

import calendar
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import polars as pl

from kith.standards.dates import short_date
from kith.standards.years import return_year, year_bounds, year_label

_YEAR = re.compile(r"(\d{4})-(\d{2})", re.ASCII)
_MONTH = re.compile(r"(\d{4})-(\d{2})-?$", re.ASCII)
_SPAN = re.compile(r"(\d{4}-\d{2}-\d{2})(?:/| to )(\d{4}-\d{2}-\d{2})", re.ASCII)
_MONTHS_IN_A_YEAR = 12
_SHORTEST_YEAR, _LONGEST_YEAR = 364, 366


class NotAPeriod(ValueError):
    """Words that name no span of days; the message says what may be written."""


@dataclass(frozen=True, slots=True)
class Period:
    """A span of days, the first and the last both in it, and what it is called on a page."""

    label: str
    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise NotAPeriod(f"{self.label} ends ({self.last}) before it begins ({self.first}).")

    @property
    def years(self) -> range:
        """The END years of returns that the period lies in: 2019-20 is 2020."""
        return range(return_year(self.first), return_year(self.last) + 1)

    @property
    def is_about_a_year(self) -> bool:
        """Whether it is twelve months long, so that what happened in it can be told as a yearly rate."""
        return _SHORTEST_YEAR <= (self.last - self.first).days + 1 <= _LONGEST_YEAR

    @property
    def is_a_return_year(self) -> bool:
        """Whether it is one year from April to March, as published figures are."""
        return (self.first, self.last) == year_bounds(return_year(self.last))


def year_ending(year: int) -> Period:
    """The return year that ends on 31 March of `year`, called "2019-20"."""
    first, last = year_bounds(year)
    return Period(year_label(year), first, last)


def years_to(year: int, count: int) -> tuple[Period, ...]:
    """The `count` return years up to the one that ends in `year`, earliest first."""
    return tuple(year_ending(one) for one in range(year - count + 1, year + 1))


def twelve_months_to(day: date) -> Period:
    """The year of days that ends on `day`; 29 February is the last day of the February before."""
    before = date(day.year - 1, day.month, min(day.day, calendar.monthrange(day.year - 1, day.month)[1]))
    return Period(f"12 months to {short_date(day)}", before + timedelta(days=1), day)


def month_of(day: date) -> Period:
    """The calendar month that `day` lies in, called "Nov 2026"."""
    last = calendar.monthrange(day.year, day.month)[1]
    return Period(f"{calendar.month_abbr[day.month]} {day.year}", day.replace(day=1), day.replace(day=last))


def months_to(day: date, count: int) -> tuple[Period, ...]:
    """The `count` whole calendar months that had ended by `day`, earliest first."""
    ends = day if (day + timedelta(days=1)).day == 1 else day.replace(day=1) - timedelta(days=1)
    months = [month_of(ends)]
    while len(months) < count:
        months.append(month_of(months[-1].first - timedelta(days=1)))
    return tuple(reversed(months))


def months_after(day: date, months: int) -> date:
    """The same day `months` later, or the month's last where it has no such day."""
    if day.year >= date.max.year - 1:
        return day
    at = day.year * _MONTHS_IN_A_YEAR + day.month - 1 + months
    year, month = at // _MONTHS_IN_A_YEAR, at % _MONTHS_IN_A_YEAR + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def period_called(text: str) -> Period:
    """The period that a person wrote: "2019-20", "2026-11" for a month, or "2019-01-01 to 2019-12-31".

    Of "2011-12" the return year is meant. Raises NotAPeriod.
    """
    words = text.strip()
    if (year := _YEAR.fullmatch(words)) and int(year[2]) == (int(year[1]) + 1) % 100:
        return year_ending(int(year[1]) + 1)
    try:
        if month := _MONTH.fullmatch(words):
            return month_of(date(int(month[1]), int(month[2]), 1))
        if span := _SPAN.fullmatch(words):
            first, last = (date.fromisoformat(each) for each in span.groups())
            return Period(f"{short_date(first)} to {short_date(last)}", first, last)
    except ValueError as fault:
        raise NotAPeriod(f"“{words}” is not a period: {fault}.") from None
    raise NotAPeriod(
        f"“{words}” is not a period. Write a year as 2019-20, a month as 2026-11, or days as "
        "2019-01-01 to 2019-12-31."
    )


class Periods(Sequence[Period]):
    """Periods in order, and which rows fall in each.

    Each question gives the rows again with the column `period`, the number of a period from 0; a row that
    falls in several comes once for each, and one that falls in none does not come. `day`, `start` and `end`
    name date columns; a row without the first is in no period, and one without an end is open.
    Raises ValueError where the periods are not in order, by first and by last day.
    """

    def __init__(self, periods: Sequence[Period]) -> None:
        self._periods = tuple(periods)
        self._firsts = pl.Series([period.first for period in periods], dtype=pl.Date)
        self._lasts = pl.Series([period.last for period in periods], dtype=pl.Date)
        if not (self._firsts.is_sorted() and self._lasts.is_sorted()):
            raise ValueError("Periods have to be in order of their days.")

    def __getitem__(self, at):  # type: ignore[no-untyped-def]
        return self._periods[at]

    def __len__(self) -> int:
        return len(self._periods)

    def __iter__(self) -> Iterator[Period]:
        return iter(self._periods)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Periods) and self._periods == other._periods

    def __hash__(self) -> int:
        return hash(self._periods)

    def frame(self) -> pl.DataFrame:
        """One row a period: `period` (its number), `label`, `first` and `last`."""
        return pl.DataFrame(
            {
                "period": pl.int_range(len(self), dtype=pl.UInt32, eager=True),
                "label": pl.Series([period.label for period in self], dtype=pl.String),
                "first": self._firsts,
                "last": self._lasts,
            }
        )

    def last_day(self) -> pl.Expr:
        """The last day of the row's period."""
        return pl.lit(self._lasts).gather(pl.col("period")).alias("period")

    def first_day(self) -> pl.Expr:
        """The first day of the row's period."""
        return pl.lit(self._firsts).gather(pl.col("period")).alias("period")

    def during(self, rows: pl.DataFrame, day: str) -> pl.DataFrame:
        """The rows whose `day` falls in a period."""
        return self._each(rows, rows[day], rows[day])

    def on_the_last_day(self, rows: pl.DataFrame, start: str, end: str) -> pl.DataFrame:
        """The rows that had begun by a period's last day and not ended by then: what ended that day is
        over.
        """
        lowest = self._lasts.search_sorted(rows[start], side="left")
        highest = self._lasts.search_sorted(rows[end].fill_null(date.max), side="left")
        return self._numbered(rows, rows[start].is_not_null(), lowest, highest)

    def at_any_time(self, rows: pl.DataFrame, start: str, end: str) -> pl.DataFrame:
        """The rows that were open on any day of a period, the day they ended among them."""
        return self._each(rows, rows[start], rows[end].fill_null(date.max))

    def _each(self, rows: pl.DataFrame, since: pl.Series, until: pl.Series) -> pl.DataFrame:
        """The rows with each period that shares a day with theirs."""
        lowest = self._lasts.search_sorted(since, side="left")
        highest = self._firsts.search_sorted(until, side="right")
        return self._numbered(rows, since.is_not_null(), lowest, highest)

    def _numbered(
        self, rows: pl.DataFrame, is_dated: pl.Series, lowest: pl.Series, highest: pl.Series
    ) -> pl.DataFrame:
        """The dated rows with each number from `lowest` to before `highest`; none where that is no span."""
        is_in_any = is_dated & (lowest < highest)
        if not (is_in_any & (highest - lowest > 1)).any():  # no row is in two: years, and what has one day
            return rows.with_columns(lowest.cast(pl.UInt32).alias("period")).filter(is_in_any)
        since, until = pl.lit(lowest.cast(pl.Int64)), pl.lit(highest.cast(pl.Int64))
        numbers = pl.int_ranges(since, until, dtype=pl.UInt32).alias("period")
        spans = pl.select(pl.int_range(rows.height).alias("row"), numbers).filter(is_in_any).explode("period")
        return rows[spans["row"]].with_columns(spans["period"])  # each row is copied once
