"""The episodes with which a child's care starts, by date.

start.is_first, start.is_latest     the child's first, or latest, episode with the reason S
care.is_first                       the child's first episode that is not a short break (V3, V4)
"""

from typing import Literal

import polars as pl

from kith.checks.placed import marked, runs_of
from kith.checks.views import Views, fact


@fact("Episodes", "start.is_first")
def _is_first_start(views: Views, table: str) -> pl.Series:
    return _is_only_one(views, table, _is_start(views, table), "first")


@fact("Episodes", "start.is_latest")
def _is_latest_start(views: Views, table: str) -> pl.Series:
    return _is_only_one(views, table, _is_start(views, table), "last")


@fact("Episodes", "care.is_first")
def _is_first_in_care(views: Views, table: str) -> pl.Series:
    return _is_only_one(views, table, ~views.column(table, "is_short_break"), "first")


def _is_start(views: Views, table: str) -> pl.Series:
    return (views.column(table, "RNE") == "S").fill_null(False)


def _is_only_one(views: Views, table: str, counts: pl.Series, keep: Literal["first", "last"]) -> pl.Series:
    """Whether each episode is its child's first, or last, by date of those that count."""
    order = views.in_order(table)
    counted = order.filter(counts[order["row"]])
    children = runs_of(counted["child"])
    rows = children.firsts(counted["row"]) if keep == "first" else children.lasts(counted["row"])
    return marked(rows, views.height(table))
