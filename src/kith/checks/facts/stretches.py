"""Episodes that follow each other without a gap: in one legal status, and in one stay in care.

Episodes.status.start, Episodes.status.end   when the child came under the episode's legal status, and when
                                             it ended (null while it lasts), through episodes that join
Episodes.stay.start, Episodes.stay.first.CIN when the unbroken stay in care began that the episode belongs
                                             to, and the category of need in its first episode

Unlike a period of care (`care`), a stay is broken by any gap, whatever the reasons say.
"""

import polars as pl

from kith.checks.placed import Runs, placed
from kith.checks.views import Views, fact

_BEGINS_AS_THE_LAST_ENDS = (pl.col("child") == pl.col("child").shift(1)) & (
    pl.col("DECOM") == pl.col("DEC").shift(1)
)
_SAME_STATUS = _BEGINS_AS_THE_LAST_ENDS & (pl.col("LS") == pl.col("LS").shift(1))
_SAME_STAY = _BEGINS_AS_THE_LAST_ENDS & pl.col("RNE").ne_missing("S")


def _in_stretches(
    views: Views, table: str, cells: tuple[str, ...], goes_on: pl.Expr
) -> tuple[pl.DataFrame, Runs]:
    """Each episode that has a child and a start, in order, and the stretches they make.

    A stretch goes on from the row before where `goes_on` is true.
    """
    frame = views.in_order(table, *cells)
    return frame, Runs(frame.select(goes_on.fill_null(False).not_()).to_series())


def _statuses(views: Views, table: str) -> pl.DataFrame:
    frame, stretches = _in_stretches(views, table, ("DECOM", "DEC", "LS"), _SAME_STATUS)
    start, end = stretches.first(frame["DECOM"]), stretches.last(frame["DEC"])
    return pl.DataFrame({"row": frame["row"], "start": start, "end": end})


def _stays(views: Views, table: str) -> pl.DataFrame:
    frame, stretches = _in_stretches(views, table, ("DECOM", "DEC", "RNE"), _SAME_STAY)
    start, first = stretches.first(frame["DECOM"]), stretches.first(frame["row"])
    return pl.DataFrame({"row": frame["row"], "start": start, "first.row": first})


@fact("Episodes", "status.start")
def _status_start(views: Views, table: str) -> pl.Series:
    frame = views.worked_out(f"statuses of {table}", lambda: _statuses(views, table))
    return placed(frame["row"], frame["start"], views.height(table))


@fact("Episodes", "status.end")
def _status_end(views: Views, table: str) -> pl.Series:
    frame = views.worked_out(f"statuses of {table}", lambda: _statuses(views, table))
    return placed(frame["row"], frame["end"], views.height(table))


@fact("Episodes", "stay.start")
def _stay_start(views: Views, table: str) -> pl.Series:
    frame = views.worked_out(f"stays of {table}", lambda: _stays(views, table))
    return placed(frame["row"], frame["start"], views.height(table))


@fact("Episodes", "stay.first.CIN")
def _first_need(views: Views, table: str) -> pl.Series:
    frame = views.worked_out(f"stays of {table}", lambda: _stays(views, table))
    return views.column(table, "CIN")[placed(frame["row"], frame["first.row"], views.height(table))]
