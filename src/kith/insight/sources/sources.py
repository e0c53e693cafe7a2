"""What was given, and the reason in plain words where it cannot tell what an indicator needs.

A need is a table of the dataset ("ssd_cin_episodes"), one of its columns
("ssd_cin_assessments.cina_assessment_team"), or a fact that nothing holds yet ("schools"); `data/needs.csv`
has the words for each. Of "kith_relationships|ssd_family" either is enough.
"""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from typing import Literal

import polars as pl

from kith.dataset.dataset import Dataset
from kith.dataset.returns import Kind, Return
from kith.dataset.years import first_day, last_day, year_name
from kith.insight.periods import Period, months_after
from kith.insight.sources.needs import dated, in_words
from kith.insight.sources.tells import tells
from kith.standards.dates import short_date
from kith.standards.years import CALLED, return_year

_FEW = 10  # a year with less than a tenth of the fullest year's rows is the ragged start of an extract
_WHOLE_WORDS = {"extract": "This extract", "record": "The record"}


@dataclass(frozen=True)
class GivenReturn:
    """A return that was given: its kind, its END year, and which of its tables were among the files."""

    kind: Kind
    year: int
    tables: frozenset[str]


@dataclass(frozen=True)
class Whole:
    """An extract of a whole system, or the live record: what it holds, found by looking.

    `since` has, for each table that holds a row, the first day that it can be asked about (None where its
    rows have no date), and `columns` each "table.column" that is filled in at least one row.
    """

    kind: Literal["extract", "record"]
    until: date
    since: Mapping[str, date | None] = field(hash=False)
    columns: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Sources:
    """Everything that the facts came from. `until` is the last day that any of it tells of."""

    returns: tuple[GivenReturn, ...] = ()
    whole: Whole | None = None

    @cached_property
    def until(self) -> date:
        years = [last_day(given.year) for given in self.returns]
        return max([*years, *([self.whole.until] if self.whole else [])], default=date.min)

    @property
    def years(self) -> tuple[int, ...]:
        """The END years that returns were given of, earliest first."""
        return tuple(sorted({given.year for given in self.returns}))

    def first_told(self, table: str) -> date | None:
        """The first day from which `table` is told without a gap, up to the last year that tells it; None
        where it is told of no year, or where its rows have no date.
        """
        if self.whole and table in self.whole.since:
            return self.whole.since[table]
        able = {given.kind for given in self.returns if _can_tell(given.kind, table)}
        told = {year for year in self.years if any(self._told(kind, table, year) for kind in able)}
        first = max(told, default=None)
        while first is not None and first - 1 in told:
            first -= 1
        return first_day(first) if first is not None else None

    def why_not(
        self,
        needs: Iterable[str],
        period: Period,
        looks_back: int = 0,
        looks_on: int = 0,
        only_last_day: bool = False,
    ) -> str | None:
        """Why these needs are not told of a period, in a sentence or two; None where they all are.

        `looks_back` is how many years before the period are needed too, and `looks_on` how many months after
        each day of it: where they are over for less than three quarters of the period, it is too soon.
        `only_last_day` says that nothing before the period's last day is needed.
        """
        if self.whole is None and not self.returns:
            return "Nothing was given to answer from."
        if period.last > self.until:
            return f"The period had not ended by {short_date(self.until)}, the last day that is told of."
        first = period.last if only_last_day else period.first
        if _is_too_soon(period, looks_on, self.until):
            known = short_date(self.until)
            return f"It is too soon to say: it looks {looks_on} months on, and what is told ends on {known}."
        last = min(months_after(period.last, looks_on), self.until)
        years = range(return_year(first) - looks_back, return_year(last) + 1)
        reasons = (self._why_not(need, years) for need in needs)
        return next((reason for reason in reasons if reason), None)

    def _why_not(self, need: str, years: range) -> str | None:
        whys = [self._why_not_one(either, years) for either in need.split("|")]
        return None if None in whys else whys[0]

    def _why_not_one(self, need: str, years: range) -> str | None:
        words = in_words(need)
        if words.later:
            return f"Kith does not hold {words.words} yet. {words.note}".strip()
        why = _not_in_whole(self.whole, need, years) if self.whole else ""
        if why is None:
            return None
        if self.returns:
            return self._not_in_returns(need, years)
        return why

    def _not_in_returns(self, need: str, years: range) -> str | None:
        kinds: list[Kind] = sorted({given.kind for given in self.returns})
        able = [kind for kind in kinds if _can_tell(kind, need)]
        if not able:
            names = " and ".join(f"{CALLED[kind]}" for kind in kinds)
            return f"{names} returns hold no {in_words(need).words}."
        missing = [year for year in years if not any(self._told(kind, need, year) for kind in able)]
        if not missing:
            return None
        return self._why_missing(able[0], need, missing)

    def _told(self, kind: Kind, need: str, year: int) -> bool:
        told = tells(kind)[_table(need)]
        if told.first_year is not None and year < told.first_year:
            return False
        return any(
            given.kind == kind and given.year == year and told.table in given.tables for given in self.returns
        )

    def _why_missing(self, kind: Kind, need: str, missing: Sequence[int]) -> str:
        words, told = in_words(need).words, tells(kind)[_table(need)]
        named = " or ".join(year_name(year) for year in missing)
        if told.first_year is not None and min(missing) < told.first_year:
            return f"The {CALLED[kind]} asks for {words} from {year_name(told.first_year)} only."
        if any(given.kind == kind and given.year in missing for given in self.returns):
            return (
                f"The {CALLED[kind]} that was given of {named} has no table {told.table}, and so no {words}."
            )
        return f"No {CALLED[kind]} of {named} was given, which this needs for {words}."


def _is_too_soon(period: Period, looks_on: int, until: date) -> bool:
    """Whether the months after are over for less than three quarters of the period's days."""
    if not looks_on:
        return False
    days = range((period.last - period.first).days + 1)
    over = bisect_right(days, until, key=lambda n: months_after(period.first + timedelta(days=n), looks_on))
    return over * 4 < len(days) * 3


def sources_of_returns(returns: Iterable[Return]) -> Sources:
    """What a folder of returns tells: each of its returns, with the tables that were among its files."""
    given = {GivenReturn(one.kind, one.year, frozenset(one.tables)) for one in returns}
    return Sources(tuple(sorted(given, key=lambda one: (one.kind, one.year, sorted(one.tables)))))


def whole_source(
    dataset: Dataset,
    kind: Literal["extract", "record"],
    until: date,
    since: Mapping[str, date | None] | None = None,
) -> Sources:
    """What a whole system's dataset tells, found by looking at which tables and columns are filled.

    `since` has the first day that a table tells of where it is known, as of a record that began with an
    import. Another table tells from 1 April of the first year that has a tenth or more of its fullest year's
    rows: what lies before is what was still open when the extract began.
    """
    held = {table: dataset[table] for table in dataset.filled()}
    known = since or {}
    told = {
        table: known[table] if table in known else _since(frame, table, until)
        for table, frame in held.items()
    }
    columns = {
        f"{table}.{name}" for table, frame in held.items() for name in frame.columns if frame[name].count()
    }
    return Sources(whole=Whole(kind, until, told, frozenset(columns)))


def _since(frame: pl.DataFrame, table: str, until: date) -> date | None:
    column = dated(table)
    if column is None:
        return None
    days = frame[column].drop_nulls()
    if days.dtype == pl.Date:
        days = days.filter(days <= until)
        years = days.dt.year() + (days.dt.month() >= 4).cast(pl.Int32)
    else:
        years = days.cast(pl.Int32)
    counts = years.alias("year").value_counts(name="rows")
    if not counts.height:
        return None
    full = counts.filter(pl.col("rows") * _FEW >= pl.col("rows").max())
    return first_day(int(full["year"].min()))  # type: ignore[arg-type]


def _not_in_whole(whole: Whole, need: str, years: range) -> str | None:
    table, words, name = _table(need), in_words(need).words, _WHOLE_WORDS[whole.kind]
    if table not in whole.since or ("." in need and need not in whole.columns):
        return f"{name} holds no {words}."
    since = whole.since[table]
    if since is not None and first_day(years[0]) < since:
        return f"{name} holds {words} from {short_date(since)} on, and earlier ones are needed."
    return None


def _can_tell(kind: Kind, need: str) -> bool:
    told = tells(kind).get(_table(need))
    return told is not None and ("." not in need or need.partition(".")[2] in told.columns)


def _table(need: str) -> str:
    return need.partition(".")[0]
