"""Rows that began while an earlier row of the same child, or of the same referral, still ran.

until = runs_to("CPPstartDate", "CPPendDate")
return begun_while_another_ran(views, "ChildProtectionPlans", "CPPstartDate", until, of_the_same="LAchildID")
"""

from datetime import date

import polars as pl

from kith.checks.views import Views
from kith.checks.words import blank, col

_ROWS = 2**32
_DAYS_BEFORE_1970 = 1_000_000
_FOR_EVER = pl.lit(date.max)


def runs_to(start: str, end: str, *, unless: pl.Expr | None = None) -> pl.Expr:
    """The last day on which a row runs: its end; for ever where that is blank.

    Its own start where the end cannot be read, and where it has none but `unless` says that it is over.
    """
    is_open = blank(end) if unless is None else blank(end) & ~unless
    return pl.when(is_open).then(_FOR_EVER).otherwise(pl.coalesce(end, start))


def begun_while_another_ran(
    views: Views, table: str, start: str, until: pl.Expr, *, of_the_same: str
) -> pl.DataFrame:
    """Each row that began on or before the last day of one before it, as `row`, with that as `before.row`.

    Of several before it that still ran it names the one that runs longest. Rows are compared where they have
    the same value of `of_the_same` ("referral", "LAchildID"); of two that began on one day the second in the
    file is found. Raises CannotRun.
    """
    names = frozenset(until.meta.root_names()) | {"row", start, of_the_same}
    ended = (_day_number(until) * _ROWS + col("row")).alias("ended")
    rows = views.frame(table, names).select("row", ended, began=_day_number(col(start)), whose=of_the_same)
    ordered = rows.drop_nulls().sort("whose", "began", "row").with_columns(group=col("whose").rle_id())
    before = ordered["ended"].sort()[_longest_before(ordered)].alias("before")
    return (
        ordered.with_columns(before)
        .filter(col("began") <= col("before") // _ROWS)
        .sort("row")
        .select("row", (col("before") % _ROWS).cast(pl.UInt32).alias("before.row"))
    )


def _longest_before(ordered: pl.DataFrame) -> pl.Series:
    """For each row, which place by end has the one that runs longest of its group's before it; else null.

    The group's number stands above the place in one number, so that one running maximum does for all groups.
    """
    place = col("ended").rank("ordinal").cast(pl.Int64) - 1
    longest = (col("group").cast(pl.Int64) * _ROWS + place).cum_max().shift(1)
    is_of_the_group = longest // _ROWS == col("group")
    return ordered.select(pl.when(is_of_the_group).then(longest % _ROWS).cast(pl.UInt32)).to_series()


def _day_number(day: pl.Expr) -> pl.Expr:
    return day.to_physical().cast(pl.Int64) + _DAYS_BEFORE_1970
