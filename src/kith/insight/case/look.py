"""The figures of one place as findings read them: this period's, those before, and England's beside them."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import polars as pl

from kith.insight.case.among_authorities import spread_of_rates
from kith.insight.catalogue import indicator_called
from kith.insight.england.published import figure as published_figure
from kith.insight.england.series import NoSuchSeries
from kith.insight.figures import HELD
from kith.insight.figures_in_words import SUPPRESSED_SIGN
from kith.insight.figures_in_words import Measure as Written
from kith.insight.indicator import Indicator
from kith.insight.statistics.confidence import Interval
from kith.insight.statistics.over_dispersion import Spread
from kith.standards.years import return_year, year_from, year_label

Key = tuple[str, str, str, str | None, str | None]
"""Indicator, measure, period, breakdown and group of a figure."""

FEWEST_OF_A_SHARE = 10
FEWEST_OF_A_MEDIAN = 5
_OLDEST = 15  # years back that a published figure is still looked for


@dataclass(frozen=True)
class Figure:
    """One figure of the place, and what it is of."""

    indicator: Indicator
    measure: str
    period: str
    value: float | None
    low: float | None
    high: float | None
    numerator: int | None
    denominator: int | None
    state: str
    why_not: str
    is_kept_back: bool = False

    @property
    def is_held(self) -> bool:
        return self.state == HELD and self.value is not None

    @property
    def is_shown(self) -> bool:
        """Whether there is anything to show of it: a value, or the sign that it is kept back."""
        return self.is_held or self.is_kept_back

    @property
    def is_told(self) -> bool:
        """Whether it may be said in a sentence: held, and not out of too few to mean anything."""
        if not self.is_held:
            return False
        if self.measure == "share":
            return (self.denominator or 0) >= FEWEST_OF_A_SHARE
        return self.measure not in ("median", "mean") or (self.numerator or 0) >= FEWEST_OF_A_MEDIAN

    @property
    def written(self) -> Written:
        return Written(self.measure, self.indicator.unit)

    @property
    def words(self) -> str:
        """The figure with its unit: "38%", "52 per 10,000 children"; why there is none where it is not
        told.
        """
        if self.is_told and self.value is not None:
            return self.written.long(self.value)
        return "too few to say" if self.is_held or self.is_kept_back else "not known"

    @property
    def range_words(self) -> str:
        """Its 95 % range, "36% to 41%"; blank where it has none."""
        if not self.is_told or self.low is None or self.high is None:
            return ""
        return self.written.range(self.low, self.high, self.value)

    @property
    def interval(self) -> Interval:
        return Interval(self.value, self.low, self.high)


@dataclass(frozen=True)
class England:
    """England's figure that stands beside one of the place: its value, its year, and in words."""

    value: float
    year: str
    words: str

    @property
    def end_year(self) -> int:
        """The END year of its return year: 2020 of "2019-20"."""
        return year_from(self.year)


@dataclass(frozen=True)
class Look:
    """One place's figures of one period, with those of the years before.

    `figures` are of one authority, in the form of `FIGURES`. `period` is the label of the period looked at
    and `years` of those before it that are set beside it, earliest first. `months` are the figures month by
    month, if there are any. `added` is the folder of published figures that an analyst added to England's.
    """

    figures: pl.DataFrame
    period: str
    years: tuple[str, ...] = ()
    months: pl.DataFrame | None = None
    added: Path | None = None

    def of(
        self,
        name: str,
        measure: str | None = None,
        *,
        period: str | None = None,
        breakdown: str | None = None,
        group: str | None = None,
    ) -> Figure:
        """The figure of an indicator: in its own measure (of a mix the number), of everyone, in this period.

        One that was not asked for is not held. Raises NoSuchIndicator.
        """
        indicator = indicator_called(name)
        wanted = measure or {"mix": "number"}.get(indicator.measure, indicator.measure)
        key = (name, wanted, period or self.period, breakdown, group)
        row = self._rows.get(key) or self._of_a_ratio(indicator, key)
        if row is None:
            return Figure(
                indicator, wanted, key[2], None, None, None, None, None, "not_held", "It was not asked for."
            )
        return Figure(indicator, wanted, key[2], *row)

    def _of_a_ratio(self, indicator: Indicator, key: Key) -> tuple[Any, ...] | None:
        """What there is to say of a ratio of everyone: why none of its groups is told, if none is."""
        name, measure, period, breakdown, _ = key
        if measure != "ratio" or breakdown or not indicator.by:
            return None
        by = indicator.by[0]
        groups = (None, *self._groups.get((name, by, period), ()))
        rows = [row for one in groups if (row := self._rows.get((name, measure, period, by, one)))]
        return rows[0] if rows and all(row[0] is None for row in rows) else None

    def series(self, name: str, measure: str | None = None) -> tuple[Figure, ...]:
        """The figure in each of the years before, and in this period if it is not the last of them."""
        labels = self.years if self.period in self.years else (*self.years, self.period)
        return tuple(self.of(name, measure, period=label) for label in labels)

    def before(self, name: str, measure: str | None = None) -> Figure | None:
        """The newest figure of a year before that shares no day with this period; None where none is told."""
        now = self._days.get(self.period)
        is_stock = indicator_called(name).when == "last_day"
        for figure in reversed(self.series(name, measure)):
            days = self._days.get(figure.period)
            if now and days and days[1] < (now[1] if is_stock else now[0]) and figure.is_told:
                return figure
        return None

    def newest(self, name: str, measure: str | None = None) -> Figure:
        """The figure of this period, or where it cannot be told yet, of the newest year before that can.

        Where none can it is this period's, with its reason.
        """
        now = self.of(name, measure)
        before = [] if now.is_told else list(reversed(self.series(name, measure)))
        return next((figure for figure in before if figure.is_told), now)

    def by_month(self, name: str, measure: str | None = None) -> tuple[Figure, ...]:
        """The figure in each month, earliest first; none where months were not asked for."""
        if self.months is None:
            return ()
        at = Look(self.months, "")
        labels = self.months.filter(pl.col("indicator") == name)["period"].unique(maintain_order=True)
        return tuple(at.of(name, measure, period=label) for label in labels)

    def groups(self, name: str, breakdown: str, measure: str | None = None) -> dict[str, Figure]:
        """The figure of each group of a breakdown, in the order of its groups."""
        groups = self._groups.get((name, breakdown, self.period), ())
        return {group: self.of(name, measure, breakdown=breakdown, group=group) for group in groups}

    def england(self, name: str, measure: str | None = None) -> England | None:
        """England's newest figure up to the period's year that is counted in the same way, or None."""
        figure = self.of(name, measure)
        id_ = published_id(figure.indicator, figure.measure)
        if not id_:
            return None
        for year in range(self._year, self._year - _OLDEST, -1):
            try:
                found = published_figure(id_, year, "England", added=self.added)
            except NoSuchSeries:
                return None
            if found.value is not None:
                return England(found.value, year_label(year), figure.written.long(found.value))
        return None

    def spread(self, name: str, measure: str | None = None) -> Spread | None:
        """How far England's authorities lie apart beyond chance in a rate; None where theirs are not known,
        and for a share, whose numbers nobody publishes.
        """
        figure = self.of(name, measure)
        id_ = published_id(figure.indicator, figure.measure)
        england = self.england(name, measure)
        if not id_ or england is None or figure.measure != "rate":
            return None
        return spread_of_rates(id_, england.end_year, england.value, self.added)

    @cached_property
    def _year(self) -> int:
        lasts = self.figures.filter(pl.col("period") == self.period)["last"]
        last = lasts.max()
        return return_year(last) if last else 0  # type: ignore[arg-type]

    @cached_property
    def _days(self) -> dict[str, tuple[date, date]]:
        periods = self.figures.select("period", "first", "last").unique()
        return {period: (first, last) for period, first, last in periods.iter_rows()}

    @cached_property
    def _groups(self) -> dict[tuple[str, str, str], tuple[str, ...]]:
        found: dict[tuple[str, str, str], dict[str, None]] = {}
        for name, _, period, breakdown, group in self._rows:
            if breakdown is not None and group is not None:
                found.setdefault((name, breakdown, period), {})[group] = None
        return {key: tuple(groups) for key, groups in found.items()}

    @cached_property
    def _rows(self) -> dict[Key, tuple[Any, ...]]:
        key = ("indicator", "measure", "period", "breakdown", "group")
        told = ("value", "low", "high", "numerator", "denominator", "state", "why_not")
        kept_back = pl.col("marker") == SUPPRESSED_SIGN if "marker" in self.figures.columns else pl.lit(False)
        rows = self.figures.select(*key, *told, kept_back.alias("is_kept_back"))
        rows = rows.with_columns(pl.col("why_not").fill_null(""))
        return {row[: len(key)]: row[len(key) :] for row in rows.iter_rows()}


def published_id(indicator: Indicator, measure: str) -> str:
    """The id of England's published figure that is counted as the indicator is; blank for none."""
    if measure == "rate":
        return indicator.published_rate
    if measure == "number" and indicator.measure == "share":
        return indicator.published_number
    return indicator.published
