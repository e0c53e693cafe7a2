"""Periods of care: which episodes belong to one, and whether a child was in care all the year.

period.number       which of the child's periods of care the episode belongs to, from 1
period.start        the day the period began
period.end          the day it ended; null while it lasts
period.first.row    where its first episode stands
child.in_care_all_year, child.in_care_on_the_last_day
"""

import polars as pl

from kith.checks.placed import Runs, marked, placed, runs_of
from kith.checks.views import Views, child_fact, fact

_STILL_IN_CARE = "X1"


def _periods(views: Views, table: str) -> pl.DataFrame:
    """Each episode that has a child and a start, with its period's number, first row and bounds.

    A period of care begins with the child's first episode and wherever the reason for a new episode is S.
    """
    frame = views.in_order(table, "DECOM", "DEC", "RNE")
    children = runs_of(frame["child"])
    periods = Runs(children.begins | (frame["RNE"] == "S").fill_null(False))
    number = periods.number.cast(pl.Int32)
    return pl.DataFrame(
        {
            "row": frame["row"],
            "number": number - children.first(number) + 1,
            "start": periods.first(frame["DECOM"]),
            "end": periods.last(frame["DEC"]),
            "first.row": periods.first(frame["row"]),
        }
    )


def _of_periods(views: Views, table: str, name: str) -> pl.Series:
    frame = views.worked_out(f"periods of {table}", lambda: _periods(views, table))
    return placed(frame["row"], frame[name], views.height(table))


@fact("Episodes", "period.number")
def _number(views: Views, table: str) -> pl.Series:
    return _of_periods(views, table, "number")


@fact("Episodes", "period.start")
def _start(views: Views, table: str) -> pl.Series:
    return _of_periods(views, table, "start")


@fact("Episodes", "period.end")
def _end(views: Views, table: str) -> pl.Series:
    return _of_periods(views, table, "end")


@fact("Episodes", "period.first.row")
def _first_row(views: Views, table: str) -> pl.Series:
    return _of_periods(views, table, "first.row")


@child_fact("in_care_all_year")
def in_care_all_year(views: Views) -> pl.Series:
    """Whether the child was looked after on every day of the year, short breaks (V3, V4) left out.

    That is one stretch of episodes, each but the last ended by X1 on the day the next begins, from the year's
    first day or before to its last day or beyond; S begins a new stretch. A child's last episode goes on
    where X1 says so, though no next one is told of. False for a child with no episode.
    Source: SSDA903 guide, OC2 cohort.
    """
    episodes = views.in_order("Episodes", "DECOM", "DEC", "is_short_break", "REC", "RNE")
    start, end = views.collection.start, views.collection.end
    counted = episodes.filter(~pl.col("is_short_break"))
    told = counted.select(begins=_carries_on().not_().fill_null(True), goes_on=_goes_on())
    stretches = Runs(told["begins"])
    lasts = stretches.lasts(told["goes_on"]) | (stretches.lasts(counted["DEC"]) >= end)
    is_all_year = (stretches.firsts(counted["DECOM"]) <= start) & lasts
    return marked(stretches.firsts(counted["child"]).filter(is_all_year), views.child_count)


def _carries_on() -> pl.Expr:
    """The episode goes on from the row before: same child, ended by X1 on the day this one began, not S."""
    return (
        (pl.col("child") == pl.col("child").shift(1))
        & (pl.col("REC").shift(1) == _STILL_IN_CARE)
        & (pl.col("DEC").shift(1) == pl.col("DECOM"))
        & (pl.col("RNE") != "S").fill_null(True)
    )


def _goes_on() -> pl.Expr:
    """The episode has no end, or is the child's last and ended by X1."""
    is_last = (pl.col("child") != pl.col("child").shift(-1)).fill_null(True)
    still_in_care = (pl.col("REC") == _STILL_IN_CARE).fill_null(False)
    return pl.col("DEC").is_null() | (is_last & still_in_care)


@child_fact("in_care_on_the_last_day")
def in_care_on_the_last_day(views: Views) -> pl.Series:
    """Whether an episode of the child (short breaks left out) runs on the year's last day."""
    end = views.collection.end
    frame = pl.DataFrame(
        {name: views.column("Episodes", name) for name in ("DECOM", "DEC", "is_short_break")}
    )
    runs = frame.select(
        (pl.col("DECOM") <= end)
        & (pl.col("DEC").is_null() | (pl.col("DEC") > end))
        & ~pl.col("is_short_break")
    ).to_series()
    return views.any_of_child("Episodes", runs)
