"""What a return tells of a child's adoption.

child.has_decision_to_place         a decision that the child should be placed for adoption is dated
child.had_decision_to_place         the same in last year's return
child.has_standing_decision         a decision is there that has no date on which it was reversed
child.has_unfinished_reversal       a decision is there without the date or the reason of its reversal
child.was_adopted                   an episode of the child ended with adoption in the year

Each is false for a child with no such row.
"""

import polars as pl

from kith.checks.items import ADOPTED
from kith.checks.paths import LAST_YEAR
from kith.checks.views import Views, child_fact


@child_fact("has_decision_to_place")
def _has_decision(views: Views) -> pl.Series:
    return _any_row(views, "PlacedAdoption", ("DATE_PLACED",), _is_filled("DATE_PLACED"))


@child_fact("had_decision_to_place")
def _had_decision(views: Views) -> pl.Series:
    return _any_row(views, f"{LAST_YEAR}.PlacedAdoption", ("DATE_PLACED",), _is_filled("DATE_PLACED"))


@child_fact("has_standing_decision")
def _has_standing_decision(views: Views) -> pl.Series:
    is_standing = ~_is_filled("DATE_PLACED_CEASED")
    return _any_row(views, "PlacedAdoption", ("DATE_PLACED_CEASED",), is_standing)


@child_fact("has_unfinished_reversal")
def _has_unfinished_reversal(views: Views) -> pl.Series:
    columns = ("DATE_PLACED_CEASED", "REASON_PLACED_CEASED")
    is_unfinished = ~_is_filled(columns[0]) | ~_is_filled(columns[1])
    return _any_row(views, "PlacedAdoption", columns, is_unfinished)


@child_fact("was_adopted")
def _was_adopted(views: Views) -> pl.Series:
    codes = views.column("Episodes", "REC").is_in(ADOPTED.split()).fill_null(False)
    ended = views.column("Episodes", "DEC")
    outside = ((ended < views.collection.start) | (ended > views.collection.end)).fill_null(False)
    return views.any_of_child("Episodes", codes & ~outside)


def _any_row(views: Views, table: str, columns: tuple[str, ...], holds: pl.Expr) -> pl.Series:
    """Whether the expression, over the columns as typed, is true for some row of each child."""
    frame = pl.DataFrame({name: views.column(table, f"{name}.written") for name in columns})
    rows = frame.select(holds).to_series()
    return views.any_of_child(table, rows)


def _is_filled(column: str) -> pl.Expr:
    return pl.col(column).is_not_null()
