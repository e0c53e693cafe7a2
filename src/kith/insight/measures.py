"""From what was counted to figures with their ranges: numbers, rates, shares, mixes, medians and means."""

from collections.abc import Sequence
from typing import get_args

import polars as pl

from kith.insight.figures import NONE_TO_COUNT, state
from kith.insight.indicator import Measure
from kith.insight.ratios import ratios
from kith.insight.statistics.intervals import (
    mean_intervals,
    median_intervals,
    rate_intervals,
    share_intervals,
)

NO_POPULATION = "How many children live here is not known for this period. Give a file of child populations."
_NOT_TOLD = "What this is told from was left blank for every one of them."
_BELOW_NONE = "More was taken away than there was, so there is no share to tell."
_NOT_A_YEAR = "A rate is told of a year, and this period is not one."
_AVERAGES = {"median": median_intervals, "mean": mean_intervals}
_KEY = ("at", "period", "group")
_MOST_PERIODS = 1 << 16  # asked for at once; as many indicators fit beside it in one number


def counted(units: pl.DataFrame) -> pl.DataFrame:
    """What each group comes to: `rows`; `told`, of how many it is told whether they count, and `counts`, how
    many do.

    Without a column `group` everyone is counted together.
    """
    picked = units[[*_key_of(units), "counts"]]  # a `select` would fill in the columns that are blank first
    counts = picked.select(
        (pl.col("at").cast(pl.UInt32) * _MOST_PERIODS + pl.col("period")).alias("key"),
        *(["group"] if "group" in units.columns else []),
        "counts",
    )
    groups = (
        counts.group_by(counts.columns[:-1])  # one number is grouped by in half the time of two
        .agg(
            pl.len().cast(pl.Int64).alias("rows"),
            pl.col("counts").count().cast(pl.Int64).alias("told"),
            pl.col("counts").sum().cast(pl.Int64),
        )
        .with_columns(
            (pl.col("key") // _MOST_PERIODS).cast(pl.UInt16).alias("at"),
            (pl.col("key") % _MOST_PERIODS).alias("period"),
        )
    )
    return _grouped(groups.drop("key"))


def in_all_groups(units: pl.DataFrame, kinds: Sequence[str]) -> pl.DataFrame:
    """Of each mix and period `out_of`: how many different things were counted, in whatever group."""
    things = pl.when(pl.col("item").is_null().any()).then(pl.len()).otherwise(pl.col("item").n_unique())
    return (
        _measured_as("mix", units[["at", "period", "item"]], kinds)
        .group_by("at", "period")
        .agg(things.first().cast(pl.Int64).alias("out_of"))
    )


def _key_of(units: pl.DataFrame) -> list[str]:
    """The columns to count by. (Columns are picked with brackets here, which copies no row.)"""
    return [name for name in _KEY if name in units.columns]


def _grouped(rows: pl.DataFrame) -> pl.DataFrame:
    """The rows with their `group`, which is null where everyone is counted together."""
    return rows if "group" in rows.columns else rows.with_columns(pl.lit(None, pl.String).alias("group"))


def _measured_as(kind: str, units: pl.DataFrame, kinds: Sequence[str]) -> pl.DataFrame:
    """The rows of the indicators of a kind; `units` is in the order of `at`, so that none is looked at."""
    places = pl.Series([at for at, each in enumerate(kinds) if each == kind], dtype=pl.UInt16)
    since, until = (units["at"].search_sorted(places, side) for side in ("left", "right"))
    spans = zip(since, until - since, strict=True)
    return pl.concat([units.head(0), *(units.slice(first, count) for first, count in spans)])


def averages(units: pl.DataFrame, kinds: Sequence[str]) -> pl.DataFrame:
    """The average of each group: `middle`, `low`, `high`, `values` (how many), as each indicator's kind
    asks.
    """
    valued = units[[*_key_of(units), "value"]]
    found = [
        worked_out(_grouped(_measured_as(each, valued, kinds)), _KEY, "value")
        for each, worked_out in _AVERAGES.items()
    ]
    return pl.concat(found).rename({"numerator": "values", "value": "middle"})


def with_figures(rows: pl.DataFrame) -> pl.DataFrame:
    """Figures of rows that have been counted: those of a number come twice, the second time as a rate.

    What is not told of a row leaves a share, an average, and where it is told of none the figure is not held.
    `rows` has `measured`, `why_not`, what `counted`, `in_all_groups` and `averages` give, and `population`.
    """
    told = rows.with_columns(pl.col("rows", "told", "counts", "out_of", "values").fill_null(0))
    of = {kind: told.filter(pl.col("measured") == kind) for kind in get_args(Measure)}
    whole = pl.col("group").is_null()
    frames = [
        _numbers(of["number"]),
        _numbers(of["mix"].filter(whole).with_columns(pl.col("out_of").alias("rows"))),
        _differences(of["difference"]),
        _shares_of_differences(of["difference"]),
        _rates(of["number"].filter("is_per_child")),
        _numbers(
            _unless_blank(of["share"].filter("gives_number"), "told").with_columns(
                pl.col("counts").alias("rows")
            )
        ),
        _shares(_unless_blank(of["share"], "told"), "counts", "told"),
        _shares(of["mix"].filter(~whole), "rows", "out_of"),
        ratios(of["ratio"]),
        *(_averages(_unless_blank(of[kind], "values"), kind) for kind in _AVERAGES),
    ]
    ordered = [
        frame.with_columns(pl.lit(at).alias("measure_order"), pl.int_range(pl.len()).alias("row_order"))
        for at, frame in enumerate(frames)
    ]
    return pl.concat(ordered, how="diagonal").sort("at", "measure_order", "row_order")


def _differences(rows: pl.DataFrame) -> pl.DataFrame:
    """Numbers of how many more count than do not; there is nobody behind one, so it has no numerator."""
    more = _numbers(rows.with_columns((pl.col("counts") * 2 - pl.col("told")).alias("rows")))
    return more.with_columns(pl.lit(None, dtype=pl.Int64).alias("numerator"))


def _shares_of_differences(rows: pl.DataFrame) -> pl.DataFrame:
    """What share of those that count the difference is; it has no range, for neither is a part of the
    other.
    """
    more, told = pl.col("counts") * 2 - pl.col("told"), pl.col("why_not").is_null()
    held = told & (more >= 0) & (pl.col("counts") > 0)
    nothing = pl.lit(None, dtype=pl.Float64)
    given = rows.with_columns(
        pl.lit("share").alias("measure"),
        pl.when(held).then(100 * more / pl.col("counts")).alias("value"),
        pl.when(held).then(more).alias("numerator"),
        pl.when(held).then(pl.col("counts")).alias("denominator"),
        nothing.alias("low"),
        nothing.alias("high"),
        *state(held, told),
    )
    below = pl.when((pl.col("state") == NONE_TO_COUNT) & (more < 0)).then(pl.lit(_BELOW_NONE))
    return given.with_columns(below.otherwise("why_not").alias("why_not"))


def _unless_blank(rows: pl.DataFrame, told: str) -> pl.DataFrame:
    """The rows, with why a figure is not held where there were some to count and it is told of none of
    them.
    """
    is_blank = (pl.col("rows") > 0) & (pl.col(told) == 0)
    return rows.with_columns(
        pl.coalesce("why_not", pl.when(is_blank).then(pl.lit(_NOT_TOLD))).alias("why_not")
    )


def _numbers(rows: pl.DataFrame) -> pl.DataFrame:
    told = pl.col("why_not").is_null()
    nothing = pl.lit(None, dtype=pl.Float64)
    return rows.with_columns(
        pl.lit("number").alias("measure"),
        pl.when(told).then(pl.col("rows").cast(pl.Float64)).alias("value"),
        pl.when(told).then(pl.col("rows")).alias("numerator"),
        pl.lit(None, dtype=pl.Int64).alias("denominator"),
        nothing.alias("low"),
        nothing.alias("high"),
        *state(told, told),
    )


def _rates(rows: pl.DataFrame) -> pl.DataFrame:
    is_a_rate = pl.col("is_of_last_day") | pl.col("is_about_a_year")
    why = (
        pl.when(pl.col("why_not").is_not_null())
        .then(pl.col("why_not"))
        .when(pl.col("population").is_null())
        .then(pl.lit(NO_POPULATION))
        .when(~is_a_rate)
        .then(pl.lit(_NOT_A_YEAR))
    )
    asked = rows.with_columns(why.alias("why_not"))
    return _with_intervals(asked, "rate", rate_intervals("rows", "population"), "rows", "population")


def _shares(rows: pl.DataFrame, count: str, out_of: str) -> pl.DataFrame:
    return _with_intervals(rows, "share", share_intervals(count, out_of), count, out_of)


def _with_intervals(
    rows: pl.DataFrame, measure: str, intervals: pl.Expr, count: str, out_of: str
) -> pl.DataFrame:
    told = pl.col("why_not").is_null()
    held = told & (pl.col(out_of) > 0)
    given = rows.drop("low", "high").with_columns(intervals.alias("interval"))
    field = pl.col("interval").struct.field
    return given.with_columns(
        pl.lit(measure).alias("measure"),
        *(pl.when(held).then(field(name)).alias(name) for name in ("value", "low", "high")),
        pl.when(told).then(pl.col(count)).alias("numerator"),
        pl.when(told).then(pl.col(out_of)).alias("denominator"),
        *state(held, told),
    ).drop("interval")


def _averages(rows: pl.DataFrame, measure: str) -> pl.DataFrame:
    told = pl.col("why_not").is_null()
    held = told & (pl.col("values") > 0)
    return rows.with_columns(
        pl.lit(measure).alias("measure"),
        pl.when(held).then(pl.col("middle")).alias("value"),
        pl.when(told).then(pl.col("values")).alias("numerator"),
        pl.lit(None, dtype=pl.Int64).alias("denominator"),
        *state(held, told),
    )
