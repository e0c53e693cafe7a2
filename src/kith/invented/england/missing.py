"""Times when children in care in an invented authority went missing in 2019-20."""

import polars as pl

from kith.invented.england.care_margins import Care
from kith.invented.england.days import as_date
from kith.invented.england.published import Published
from kith.invented.england.ranks import chance, ranked

_LAST_DAY = 355


def missing(stayed: pl.DataFrame, care: Care, published: Published, seed: int) -> pl.DataFrame:
    """Rows of `ssd_missing` for those of the authority who went missing: children of 10 and over who were in
    care all year.

    A few of them went missing many times, and most a few times: each once, and of the rest the cube of the
    rank's share.
    """
    children = round(published.england["missing_children"])
    incidents = round(published.england["missing_incidents"])
    older = sum(count for band, count in care.ages.stayed if band in ("10_15", "16_plus"))
    youngest = care.totals["stayed"] - older
    rank = ranked(pl.col("rank") - youngest, older, 8)
    gone = stayed.with_columns(rank.alias("order")).filter(
        (pl.col("rank") >= youngest) & (pl.col("order") < children)
    )
    times = 1 + _upto(pl.col("order") + 1, children, incidents) - _upto(pl.col("order"), children, incidents)
    each = (
        gone.with_columns(times.alias("times"))
        .with_columns(pl.int_ranges("times").alias("time"))
        .explode("time")
    )
    start = ((pl.col("time") + chance(9, seed) * 0.9) * _LAST_DAY / pl.col("times")).floor().cast(pl.Int64)
    return each.with_columns(start.alias("start")).select(
        (pl.col("person") + "M" + pl.col("time").cast(pl.String)).alias("miss_table_id"),
        pl.col("person").alias("miss_person_id"),
        as_date("start").alias("miss_missing_episode_start_date"),
        pl.lit("M").alias("miss_missing_episode_type"),
        as_date(pl.col("start") + 1).alias("miss_missing_episode_end_date"),
    )


def _upto(rank: pl.Expr, children: int, incidents: int) -> pl.Expr:
    """How many more times than once all those of a lower rank went missing."""
    return ((incidents - children) * (rank / children) ** 3 + 0.5).floor().cast(pl.Int64)
