"""What last year's return had of a child, and whether this year's goes on with it.

child.was_sent_last_year        whether it has an episode of the child; false where that return is not loaded
LastYear.Missing.is_told_again  whether this year's return has a time missing of the child from the same day
LastYear.DoLo.is_told_again     the same of a deprivation of liberty order
"""

import polars as pl

from kith.checks.paths import LAST_YEAR, bare
from kith.checks.placed import marked
from kith.checks.views import Views, child_fact, fact

_DAYS = 2**32  # more than there are in the calendar


@child_fact("was_sent_last_year")
def _was_sent_last_year(views: Views) -> pl.Series:
    table = f"{LAST_YEAR}.Episodes"
    sent = views.child_numbers(table) if table in views.tables else pl.Series([], dtype=pl.UInt32)
    return marked(sent.drop_nulls(), views.child_count)


@fact("Missing", "is_told_again")
def _time_missing_is_told_again(views: Views, table: str) -> pl.Series:
    return _is_told_again(views, table, "MIS_START")


@fact("DoLo", "is_told_again")
def _order_is_told_again(views: Views, table: str) -> pl.Series:
    return _is_told_again(views, table, "DOLO_START")


def _is_told_again(views: Views, table: str, start: str) -> pl.Series:
    """Whether this year's rows of the same table have one of the same child that began on the same day."""
    mine, told = (_begun(views, one, start) for one in (table, bare(table)))
    return mine.is_in(told.implode()).fill_null(False)


def _begun(views: Views, table: str, start: str) -> pl.Series:
    """One number for each row's child and first day together; null where one of them is unknown."""
    children = views.child_numbers(table).cast(pl.Int64)
    return children * _DAYS + views.column(table, start).to_physical()
