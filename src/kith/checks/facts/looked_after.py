"""Which children were looked after in the year, and which are here as care leavers.

child.has_care_episode      has an episode that is no short break (V3, V4), whatever its dates
child.in_care_in_the_year   such an episode ran on some day of the year
child.has_episode           has any episode; false for every child where the return has none
child.has_care_leaver_row   is in the table OC3; false for every child where the return has none
"""

import polars as pl

from kith.checks.placed import marked
from kith.checks.views import Views, child_fact


@child_fact("has_care_episode")
def has_care_episode(views: Views) -> pl.Series:
    """Whether the child has an episode other than of short breaks; one with no legal status counts."""
    return views.any_of_child("Episodes", ~views.column("Episodes", "is_short_break"))


@child_fact("in_care_in_the_year")
def in_care_in_the_year(views: Views) -> pl.Series:
    """Whether an episode of the child, short breaks left out, ran on any day of the year."""
    frame = pl.DataFrame({name: views.column("Episodes", name) for name in ("DECOM", "DEC")})
    runs = frame.select(
        (pl.col("DECOM") <= views.collection.end)
        & (pl.col("DEC").is_null() | (pl.col("DEC") >= views.collection.start))
    ).to_series()
    return views.any_of_child("Episodes", runs & ~views.column("Episodes", "is_short_break"))


@child_fact("has_episode")
def has_episode(views: Views) -> pl.Series:
    """Whether the child has an episode. It never lacks the table: no table is no episode."""
    return _is_in(views, "Episodes")


@child_fact("has_care_leaver_row")
def has_care_leaver_row(views: Views) -> pl.Series:
    """Whether the child is in the table of care leavers. It never lacks the table: no table is no row."""
    return _is_in(views, "OC3")


def _is_in(views: Views, table: str) -> pl.Series:
    children = views.child_numbers(table) if table in views.tables else pl.Series([], dtype=pl.UInt32)
    return marked(children.drop_nulls(), views.child_count)
