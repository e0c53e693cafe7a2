"""Who left care and when, as the episodes tell.

Episodes.leaves_care     the child left care as the episode ended: it has an end date, its reason is not X1,
                         and it has either a leaving code or no later episode
Episodes.is_last_to_end  the child's episode that ends last; one that still runs ends after every other
Episodes.adopted_before  an earlier episode of the child, this year or last, ended in adoption (E11, E12)
"""

import polars as pl

from kith.checks.items import ADOPTED
from kith.checks.paths import LAST_YEAR
from kith.checks.placed import marked, placed
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
    last = (
        ends.filter(pl.col("child").is_not_null())
        .sort("child", "DEC", "row", nulls_last=True)
        .unique("child", keep="last", maintain_order=True)
    )
    return marked(last["row"], ends.height)


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
    frame = views.frame(table, frozenset({"DECOM", "REC"})).with_columns(
        views.child_numbers(table).alias("child")
    )
    ended_so = pl.col("REC").is_in(ADOPTED.split())
    return frame.filter(ended_so).drop_nulls().select("child", "DECOM")
