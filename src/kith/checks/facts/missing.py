"""Missing.started_in_care: whether the child was looked after on the day a period of being missing began.

The first and last day of an episode count; false where no episode of the child holds the day, or it is blank.
"""

import polars as pl

from kith.checks.placed import marked
from kith.checks.views import Views, fact

_NAMES = frozenset({"row", "MIS_START", "other.DECOM", "other.DEC"})


@fact("Missing", "started_in_care")
def _started_in_care(views: Views, table: str) -> pl.Series:
    episodes = table.replace("Missing", "Episodes")
    holds = (pl.col("other.DECOM") <= pl.col("MIS_START")) & (
        pl.col("other.DEC").is_null() | (pl.col("MIS_START") <= pl.col("other.DEC"))
    )
    held = views.frame(f"{table}+{episodes}", _NAMES).filter(holds)
    return marked(held["row"], views.height(table))
