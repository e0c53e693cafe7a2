"""Who left care and when, as the episodes tell.

Episodes.leaves_care     the child left care as the episode ended: it has an end date, its reason is not X1,
                         and it has either a leaving code or no later episode
Episodes.is_last_to_end  the child's episode that ends last; one that still runs ends after every other
Episodes.adopted_before  an earlier episode of the child, this year or last, ended in adoption (E11, E12)
"""

import polars as pl

from kith.checks.items import ADOPTED
from kith.checks.numbering import where_known
from kith.checks.paths import LAST_YEAR
from kith.checks.placed import marked, placed, runs_of
from kith.checks.views import Views, fact


@fact("Episodes", "leaves_care")
def _leaves_care(views: Views, table: str) -> pl.Series:
    names = frozenset({"DEC", "REC", "next.DECOM"})
    reason = pl.col("REC")
    told = pl.when(reason.is_null()).then(pl.col("next.DECOM").is_null()).otherwise(reason != "X1")
    return views.frame(table, names).select(pl.col("DEC").is_not_null() & told).to_series()


@fact("Episodes", "is_last_to_end")
def _is_last_to_end(views: Views, table: str) -> pl.Series:
    ends = pl.DataFrame(
        {
            "child": views.child_numbers(table),
            "DEC": views.column(table, "DEC"),
            "row": views.column(table, "row"),
        }
    )
    ordered = where_known(ends, "child").sort("child", "DEC", "row", nulls_last=True)
    return marked(runs_of(ordered["child"]).lasts(ordered["row"]), ends.height)


@fact("Episodes", "adopted_before")
def _adopted_before(views: Views, table: str) -> pl.Series:
    adopted = pl.concat(_adoptions(views, one) for one in _years(views, table))
    latest_first = adopted.sort("DECOM", descending=True)  # the last placed stays: the earliest
    first = placed(latest_first["child"], latest_first["DECOM"], views.child_count)
    began = first[views.child_numbers(table)]
    return (began < views.column(table, "DECOM")).fill_null(False)


def _years(views: Views, table: str) -> tuple[str, ...]:
    last = f"{LAST_YEAR}.{table}"
    return (table, last) if last in views.tables else (table,)


def _adoptions(views: Views, table: str) -> pl.DataFrame:
    """The child and the start of each episode that ended in adoption."""
    ended_so = views.column(table, "REC").is_in(ADOPTED.split())
    frame = pl.DataFrame({"child": views.child_numbers(table), "DECOM": views.column(table, "DECOM")})
    return frame.filter(ended_so).drop_nulls()
