"""What last year's return had of a child.

child.was_sent_last_year   whether it has an episode of the child; false where that return is not loaded
"""

import polars as pl

from kith.checks.paths import LAST_YEAR
from kith.checks.views import Views, child_fact


@child_fact("was_sent_last_year")
def _was_sent_last_year(views: Views) -> pl.Series:
    nobody = pl.Series([False]).new_from_index(0, views.child_count)
    table = f"{LAST_YEAR}.Episodes"
    if table not in views.tables:
        return nobody
    sent = views.child_numbers(table).drop_nulls().unique()
    return nobody.scatter(sent, True) if sent.len() else nobody
