"""Figures out of facts: every indicator asked for, for every period and group, and the children behind
each.
"""

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import polars as pl

from kith.insight.breakdowns import BREAKDOWNS, NOT_KNOWN, breakdown_called
from kith.insight.breakdowns.people import with_people
from kith.insight.facts import Facts
from kith.insight.figures import FIGURES
from kith.insight.indicator import UNITS, Indicator
from kith.insight.measures import averages, counted, in_all_groups, with_figures
from kith.insight.periods import Period, Periods

_KEY = ("at", "period", "group")
_NEVER_TOLD = "What was given does not tell this of any of them"


@dataclass(frozen=True)
class Answers:
    """The figures of one authority (`FIGURES` has their columns), and what was counted to get them."""

    figures: pl.DataFrame
    _units: pl.DataFrame
    _groups: Mapping[str, pl.Series]
    _indicators: Sequence[Indicator]
    _periods: Periods

    def units(
        self, indicator: str, period: str, breakdown: str | None = None, group: str | None = None
    ) -> pl.DataFrame:
        """What was counted in one figure, a row each: `person`, `day`, `counts`, `value` and the rest.

        Of a share both those that count and those that do not.
        """
        return self._behind(indicator, period, breakdown, group).select(*UNITS)

    def children(
        self, indicator: str, period: str, breakdown: str | None = None, group: str | None = None
    ) -> list[str]:
        """The ids of the children behind a figure, sorted, each once: of a share, those that count in it."""
        rows = self._behind(indicator, period, breakdown, group)
        is_share = any(each.id == indicator and each.measure == "share" for each in self._indicators)
        counted = rows.filter(pl.col("counts").fill_null(not is_share))
        return counted["person"].drop_nulls().unique().sort().to_list()

    def _behind(self, indicator: str, period: str, breakdown: str | None, group: str | None) -> pl.DataFrame:
        rows = self._units
        if breakdown is not None:
            rows = rows.filter(self._groups[breakdown] == group)
        at = [at for at, each in enumerate(self._indicators) if each.id == indicator]
        of = [of for of, each in enumerate(self._periods) if each.label == period]
        return rows.filter(pl.col("at").is_in(at), pl.col("period").is_in(of))


def answer(
    facts: Facts,
    when: Sequence[Period],
    indicators: Sequence[Indicator],
    breakdowns: Sequence[str] = (),
) -> Answers:
    """Every indicator for every period: of everyone, and in each group of each breakdown that it makes sense
    in.

    What the source cannot tell is there with its reason, and without a value. A breakdown that an indicator
    is not meant for has no rows for it. Raises NoSuchBreakdown.
    """
    periods = when if isinstance(when, Periods) else Periods(when)
    for name in breakdowns:
        breakdown_called(name)
    reasons = _reasons(facts, periods, indicators)
    units = _units(facts, periods, indicators, reasons)
    people = with_people(facts, units) if breakdowns else units
    groups = {name: BREAKDOWNS[name].group_of(facts, people).alias("group") for name in breakdowns}
    frames = [_figures_of_all(facts, periods, indicators, units, reasons)]
    for name in breakdowns:
        frames.append(_figures_by(facts, periods, indicators, units, reasons, name, groups[name]))
    return Answers(pl.concat(frames), units, groups, indicators, periods)


def _names(indicators: Sequence[Indicator]) -> pl.DataFrame:
    """A row for each indicator: `at` (its place among those asked for), `indicator` and what it measures."""
    return pl.DataFrame(
        {
            "at": pl.int_range(len(indicators), dtype=pl.UInt16, eager=True),
            "indicator": pl.Series([each.id for each in indicators], dtype=pl.String),
            "measured": pl.Series([each.measure for each in indicators], dtype=pl.String),
            "against": pl.Series([each.against for each in indicators], dtype=pl.String),
            "is_per_child": pl.Series([each.is_per_child for each in indicators], dtype=pl.Boolean),
            "gives_number": pl.Series([each.gives_number for each in indicators], dtype=pl.Boolean),
            "is_of_last_day": pl.Series([each.when == "last_day" for each in indicators], dtype=pl.Boolean),
        }
    )


def _reasons(facts: Facts, periods: Periods, indicators: Sequence[Indicator]) -> pl.DataFrame:
    """For each indicator and period why it is not told: `at`, `period`, `why_not` (null where it is)."""
    whys = [
        facts.why_not(each.needs, period, each.looks_back, each.looks_on, each.only_last_day)
        or (each.why_not(facts, period) if each.why_not else None)
        for each in indicators
        for period in periods
    ]
    count = len(periods)
    return pl.DataFrame(
        {
            "at": pl.Series([at for at in range(len(indicators)) for _ in range(count)], dtype=pl.UInt16),
            "period": pl.Series([*range(count)] * len(indicators), dtype=pl.UInt32),
            "why_not": pl.Series(whys, dtype=pl.String),
        }
    )


def _units(
    facts: Facts, periods: Periods, indicators: Sequence[Indicator], reasons: pl.DataFrame
) -> pl.DataFrame:
    """What every indicator counts, one below the other, but for what is not told; `at` says whose it is."""

    def counted_by(at: int, told: Sequence[int]) -> pl.DataFrame:
        rows = indicators[at].units(facts, periods)
        rows = rows if len(told) == len(periods) else rows.filter(pl.col("period").is_in(told))
        place = pl.Series("at", [at], dtype=pl.UInt16).new_from_index(0, rows.height)
        return rows.hstack([place])  # a `select` would make the other columns again

    told = _told(reasons)
    with ThreadPoolExecutor(pl.thread_pool_size()) as threads:
        frames = threads.map(counted_by, told, told.values())
        return pl.concat([pl.DataFrame(schema={**UNITS, "at": pl.UInt16()}), *frames])


def _told(reasons: pl.DataFrame) -> dict[int, list[int]]:
    """The periods of which each indicator is told, for those that are told of any."""
    told: dict[int, list[int]] = {}
    for at, period in reasons.filter(pl.col("why_not").is_null()).select("at", "period").iter_rows():
        told.setdefault(at, []).append(period)
    return told


def _figures_of_all(
    facts: Facts,
    periods: Periods,
    indicators: Sequence[Indicator],
    units: pl.DataFrame,
    reasons: pl.DataFrame,
) -> pl.DataFrame:
    grid = reasons.with_columns(pl.lit(None, dtype=pl.String).alias("group"))
    return _figures(facts, periods, indicators, units, grid, None)


def _figures_by(
    facts: Facts,
    periods: Periods,
    indicators: Sequence[Indicator],
    units: pl.DataFrame,
    reasons: pl.DataFrame,
    name: str,
    groups: pl.Series,
) -> pl.DataFrame:
    breakdown = BREAKDOWNS[name]
    meant = [at for at, each in enumerate(indicators) if name in each.by]
    asked = reasons.filter(pl.col("at").is_in(meant))
    whys = [facts.why_not(breakdown.needs, period, only_last_day=True) for period in periods]
    by_period = pl.DataFrame(
        {
            "period": pl.int_range(len(periods), dtype=pl.UInt32, eager=True),
            "why_group": pl.Series(whys, dtype=pl.String),
        }
    )
    told = units[["at", "period", "counts", "value", "item"]]  # of no more columns, for they are copied
    grouped = told.with_columns(groups).filter(pl.col("at").is_in(meant))
    blank = grouped.group_by("at").agg((pl.col("group") == NOT_KNOWN).all().alias("is_blank"))
    asked = asked.join(by_period, on="period", how="left").join(blank, on="at", how="left")
    never = pl.when("is_blank").then(pl.lit(f"{_NEVER_TOLD}: {breakdown.words.lower()}."))
    asked = asked.with_columns(pl.coalesce("why_not", "why_group", never).alias("why_not"))
    grouped = grouped.join(blank.filter("is_blank"), on="at", how="anti")
    grid = asked.drop("why_group", "is_blank").join(
        _all_groups(breakdown.groups, grouped), on="at", how="left"
    )
    return _figures(facts, periods, indicators, grouped, grid, name)


def _all_groups(fixed: Sequence[str], grouped: pl.DataFrame) -> pl.DataFrame:
    """The groups that each indicator's figures are shown in: all of the breakdown's, or those that were
    found.
    """
    found = grouped.select("at", "group").unique()
    if not fixed:
        return found.sort("at", "group")
    always = pl.DataFrame({"group": pl.Series(fixed, dtype=pl.String)})
    return grouped.select("at").unique().sort("at").join(always, how="cross")


def _figures(
    facts: Facts,
    periods: Periods,
    indicators: Sequence[Indicator],
    units: pl.DataFrame,
    grid: pl.DataFrame,
    breakdown: str | None,
) -> pl.DataFrame:
    kinds = [each.measure for each in indicators]
    rows = (
        grid.join(counted(units), on=_KEY, how="left", nulls_equal=True, maintain_order="left")
        .join(in_all_groups(units, kinds), on=["at", "period"], how="left", maintain_order="left")
        .join(averages(units, kinds), on=_KEY, how="left", nulls_equal=True, maintain_order="left")
        .join(_names(indicators), on="at", how="left", maintain_order="left")
        .join(periods.frame(), on="period", how="left", maintain_order="left")
        .join(
            _populations(facts, periods, breakdown),
            on=["period", "group"],
            how="left",
            nulls_equal=True,
            maintain_order="left",
        )
    )
    told = with_figures(rows).drop("period").rename({"label": "period"})
    return told.with_columns(
        pl.lit(facts.authority, dtype=pl.String).alias("authority"),
        pl.lit(breakdown, dtype=pl.String).alias("breakdown"),
    ).select(*FIGURES)


def _populations(facts: Facts, periods: Periods, breakdown: str | None) -> pl.DataFrame:
    found = [
        (at, group, children, period.is_about_a_year)
        for at, period in enumerate(periods)
        for group, children in facts.lookups.population(facts.authority, period.years[-1], breakdown).items()
    ]
    return pl.DataFrame(
        found,
        schema={
            "period": pl.UInt32,
            "group": pl.String,
            "population": pl.Int64,
            "is_about_a_year": pl.Boolean,
        },
        orient="row",
    )
