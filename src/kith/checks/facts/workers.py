"""Social workers of a child, as the table SWEpisodes tells.

child.has_a_worker_on_the_last_day      a social worker episode is open on the year's last day
"""

import polars as pl

from kith.checks.views import Views, child_fact


@child_fact("has_a_worker_on_the_last_day")
def has_a_worker_on_the_last_day(views: Views) -> pl.Series:
    """Whether a social worker episode of the child is open on the year's last day.

    It is open where no end is written or the end comes later, unless it begins later too. A start that
    cannot be read counts as earlier.
    """
    names = ("SW_DECOM", "SW_DEC", "SW_DEC.written")
    frame = pl.DataFrame({name: views.column("SWEpisodes", name) for name in names})
    end = views.collection.end
    is_open = frame.select(
        (pl.col("SW_DEC.written").is_null() | (pl.col("SW_DEC") > end))
        & ~(pl.col("SW_DECOM") > end).fill_null(False)
    ).to_series()
    return views.any_of_child("SWEpisodes", is_open)
