"""Short breaks under an agreed series: V3, where each break is an episode, and V4, the agreement in one.

Episodes.is_short_break      whether an episode's legal status is one of them; false where it has none
Episodes.break_days          days of a V3 episode within the year (until its last day while it lasts); else 0
child.break_days             the child's V3 days in the year
child.has_v3, child.has_v4   whether an episode has that legal status
child.has_only_breaks        whether every episode that has a legal status has V3 or V4; false without any
"""

import polars as pl

from kith.checks.items import SHORT_BREAKS
from kith.checks.placed import placed
from kith.checks.views import Views, child_fact, fact


@fact("Episodes", "is_short_break")
def _is_short_break(views: Views, table: str) -> pl.Series:
    return views.column(table, "LS").is_in(SHORT_BREAKS.split()).fill_null(False)


@fact("Episodes", "break_days")
def _break_days(views: Views, table: str) -> pl.Series:
    names = frozenset({"DECOM", "DEC", "LS", "year.start", "year.end"})
    start = pl.max_horizontal("DECOM", "year.start")
    end = pl.min_horizontal(pl.col("DEC"), pl.col("year.end"))
    days = (end - start).dt.total_days()
    counts = (pl.col("LS") == "V3") & pl.col("DECOM").is_not_null() & (days > 0)
    return views.frame(table, names).select(pl.when(counts).then(days).otherwise(0)).to_series()


@child_fact("break_days")
def _days_of_child(views: Views) -> pl.Series:
    days = views.column("Episodes", "break_days")
    breaks = pl.DataFrame({"child": views.child_numbers("Episodes"), "days": days}).filter(days > 0)
    told = breaks.drop_nulls("child").group_by("child").agg(pl.col("days").sum())
    return placed(told["child"], told["days"], views.child_count).fill_null(0)


@child_fact("has_v3")
def _has_v3(views: Views) -> pl.Series:
    return _has(views, "V3")


@child_fact("has_v4")
def _has_v4(views: Views) -> pl.Series:
    return _has(views, "V4")


def _has(views: Views, status: str) -> pl.Series:
    return views.any_of_child("Episodes", views.column("Episodes", "LS") == status)


@child_fact("has_only_breaks")
def _has_only_breaks(views: Views) -> pl.Series:
    return views.all_of_child("Episodes", views.column("Episodes", "LS").is_in(SHORT_BREAKS.split()))
